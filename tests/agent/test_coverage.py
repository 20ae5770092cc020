"""Which lines the rules answer alone when there is a model to ask."""

import datetime as dt

import pytest

from agent.language_model.coverage import covered, switched
from agent.session import Call, Memory, Named, Pending
from taskora.domain.preferences import Preferences
from taskora.nlu.reading import Context

CONTEXT = Context(dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC), Preferences())
MEMORY = Memory(shown=(Named("id-1", 1, "milk"), Named("id-2", 2, "bread")), last=Named("id-1", 1, "milk"))
QUESTION = Pending("q", Call("delete_tasks", {"tasks": ["id-1"]}))


@pytest.mark.parametrize(
    "line",
    [
        "buy milk friday",
        "add pay rent on the 1st every month #home",
        "add the long story of how we lost the keys in the park last summer and what came of it",
        "done with milk",
        "move dentist to friday 3pm",
        "delete everything overdue",
        "what's due this week",
        "undo",
        "help",
        "hello",
        "make it high priority",
        "complete the second one",
    ],
)
def test_a_line_that_is_read_wholly_is_covered(line: str) -> None:
    assert covered(line, CONTEXT, MEMORY, None)


@pytest.mark.parametrize(
    "line",
    [
        "we are out of milk again and my sister comes over on friday, so would you take care of that?",
        "milk is running out and the dentist said come back in half a year",
        "what is the capital of peru?",
        "I need to call mum and my sister is coming on friday so clean the flat before that",
        "sort out whatever is still open from the trip because we leave soon",
    ],
)
def test_a_story_is_not_covered(line: str) -> None:
    assert not covered(line, CONTEXT, Memory(), None)


def test_an_answer_to_the_open_question_is_covered_and_never_left_to_a_model() -> None:
    for line in ("yes", "no"):
        assert covered(line, CONTEXT, Memory(), QUESTION)
        assert switched(line, CONTEXT, QUESTION)


def test_only_yes_no_and_undo_are_never_left_to_a_model() -> None:
    assert all(switched(line, CONTEXT, None) for line in ("yes", "no", "undo"))
    assert not any(switched(line, CONTEXT, None) for line in ("buy milk", "undo it all and add eggs", "done with milk"))
