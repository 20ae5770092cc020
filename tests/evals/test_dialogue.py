"""The judgement of a turn: each expectation with a turn that meets it and one that does not."""

import datetime as dt

import pytest

from evals.dialogue import Seen, judge_turn
from evals.form import Json

TODAY = dt.date(2026, 11, 18)
DENTIST = {"title": "dentist", "status": "open", "due": "2026-11-24T14:30", "priority": "medium", "tags": ["health"]}
STANDUP = {"title": "standup", "status": "open", "due": "2026-11-19T09:00", "rrule": "FREQ=DAILY", "priority": "high"}
DONE = {**STANDUP, "status": "completed"}
GONE = {"title": "picnic", "status": "trash", "priority": "medium"}


def seen(reply: str = "Moved to Fri 20 Nov.", *tasks: Json, changed: int = 1, untouched: bool = False) -> Seen:
    return Seen(reply, tasks or (DENTIST, STANDUP, DONE, GONE), changed, untouched, TODAY)


def holds(field: str, wanted: object, after: Seen) -> bool:
    return judge_turn({field: wanted}, after)[field]


@pytest.mark.parametrize("reply", ["Which one?", "Which one? 1) dentist 2) dentist bill", 'Did you mean "dentist?"'])
def test_a_question_that_changed_nothing_asks(reply: str) -> None:
    assert holds("asks", wanted=True, after=seen(reply, changed=0, untouched=True))
    assert not holds("asks", wanted=False, after=seen(reply, changed=0, untouched=True))


def test_a_question_after_a_change_or_a_plain_sentence_does_not_ask() -> None:
    assert not holds("asks", wanted=True, after=seen("Deleted. Is that right?"))
    assert not holds("asks", wanted=True, after=seen("Nothing done.", changed=0, untouched=True))
    assert not holds("asks", wanted=True, after=seen("see example.org/?q=1", changed=0, untouched=True))


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ({"title": "Dentist"}, True),
        ({"title": "dentist", "due": "2026-11-24T14:30", "tags": ["health"]}, True),
        ({"title": "dentist", "due": "2026-11-25T14:30"}, False),
        ({"title": "dentist", "due": None}, False),
        ({"title": "dentist", "tags": []}, False),
        ({"title": "standup", "rrule": "FREQ=DAILY;INTERVAL=1"}, True),
        ({"title": "standup", "rrule": None}, False),
        ({"title": "dentist", "rrule": None, "priority": None}, True),
        ({"title": "standup", "status": "completed", "priority": "high"}, True),
        ({"title": "standup", "priority": "low"}, False),
        ({"title": "picnic", "status": "trash"}, True),
        ({"title": "picnic"}, False),
        ({"title": "dentist", "title_alt": ["doctor"], "due_alt": ["2026-11-24T14:30"]}, True),
    ],
)
def test_a_task_is_found_by_every_key_that_is_given(wanted: dict[str, object], *, there: bool) -> None:
    assert holds("tasks", [wanted], seen()) is there


def test_a_task_that_is_there_twice_is_not_matched() -> None:
    assert not holds("tasks", [{"title": "dentist"}], seen("", DENTIST, {**DENTIST, "due": "2026-11-25"}))
    assert holds(
        "tasks", [{"title": "dentist", "due": "2026-11-25"}], seen("", DENTIST, {**DENTIST, "due": "2026-11-25"})
    )


def test_only_open_tasks_are_counted() -> None:
    assert holds("count", 2, seen())
    assert not holds("count", 4, seen())


def test_absent_means_that_no_open_task_bears_the_title() -> None:
    assert holds("absent", ["picnic", "report"], seen())
    assert not holds("absent", ["DENTIST"], seen())


def test_the_reply_holds_every_piece_and_none_of_the_others() -> None:
    assert holds("reply", ["Fri", "20 Nov"], seen())
    assert not holds("reply", ["Fri", "Sat"], seen())
    assert holds("reply_not", ["Sat"], seen())
    assert not holds("reply_not", ["Sat", "Fri"], seen())


def test_the_number_of_changed_tasks_is_exact() -> None:
    assert holds("changed", 1, seen())
    assert not holds("changed", 0, seen())


def test_an_alternative_is_right_in_a_turn_as_well() -> None:
    assert judge_turn({"count": 5, "count_alt": [2]}, seen()) == {"count": True}
