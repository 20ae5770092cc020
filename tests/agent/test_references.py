"""Words that mean a task by the conversation."""

import pytest

from agent.session import Memory, Named
from agent.understanding.references import all_meant, choice, resolve

SHOWN = (Named("a", 4, "call Anna"), Named("b", 9, "call Annika"), Named("c", 2, "pay the gas bill"))
MEMORY = Memory(shown=SHOWN, last=Named("z", 7, "laundry"))


@pytest.mark.parametrize(
    ("words", "tasks"),
    [
        ("the second one", ["b"]),
        ("third", ["c"]),
        ("the 1st task", ["a"]),
        ("the last one", ["c"]),
        ("it", ["z"]),
        ("that one", ["z"]),
        ("the task", ["the task"]),
        ("them", ["a", "b", "c"]),
        ("all of those", ["a", "b", "c"]),
        ("#2", ["#2"]),
        ("dentist", ["dentist"]),
        ("the first draft", ["the first draft"]),
    ],
)
def test_places_and_pronouns_come_from_the_conversation_and_the_rest_may_be_a_title(
    words: str, tasks: list[str]
) -> None:
    assert resolve(words, MEMORY) == tasks


@pytest.mark.parametrize("words", ["the second one", "it", "them", "the 9th one"])
def test_what_the_conversation_does_not_know_is_not_guessed(words: str) -> None:
    assert resolve(words, Memory()) is None


@pytest.mark.parametrize(
    ("answer", "task"),
    [
        ("the first one", "a"),
        ("2", "b"),
        ("2.", "b"),
        ("#2", "c"),
        ("9", "b"),
        ("number 3", "c"),
        ("annika", "b"),
        ("Call Anna please", "a"),
        ("the gas one", "c"),
        ("last", "c"),
        ("5", None),
        ("#5", None),
        ("call", None),
        ("dentist", None),
    ],
)
def test_an_answer_names_a_candidate_by_place_number_or_words(answer: str, task: str | None) -> None:
    found = choice(answer, SHOWN)
    assert (found.id if found else None) == task


@pytest.mark.parametrize(("words", "every"), [("both", True), ("all of them", True), ("the one", False), ("", False)])
def test_an_answer_may_mean_every_candidate(words: str, every: bool) -> None:
    assert all_meant(words) is every
