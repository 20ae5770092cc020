"""What people read of what the tools answer."""

import json

import pytest

from agent.session import Call, Named
from agent.speaking.replies import tell

STANDUP = {
    "number": 1,
    "id": "id-1",
    "title": "standup",
    "status": "open",
    "priority": "medium",
    "tags": ["work"],
    "due": "2026-11-25T09:00",
    "due_text": "Wed 25 Nov 2026, 09:00",
    "repeats": "every day at 09:00",
    "version": 1,
}
BILL = {"number": 12, "id": "id-12", "title": "dentist bill", "status": "open", "priority": "urgent", "version": 3}


def output(*tasks: dict[str, object], **more: object) -> str:
    return json.dumps({"results": [{"ok": True, "task": task} for task in tasks], **more})


def test_an_added_task_is_told_with_weekday_rule_end_and_tag() -> None:
    told = tell(Call("add_tasks", {}), output(STANDUP))
    assert told.text == (
        "Added #1 standup\n  Wed 25 Nov 2026, 09:00 · every day at 09:00 · repeats with no end · #work"
    )
    assert told.pending is None


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({}, "no date · urgent"),
        ({"priority": "low"}, "no date · low priority"),
        (
            {"due": "2026-11-25T14:00", "due_text": "Wed 25 Nov 2026, 14:00", "end": "2026-11-25T15:30"},
            "14:00 to 15:30",
        ),
        ({"due": "2026-12-07", "due_text": "Mon 7 Dec 2026", "end": "2026-12-09"}, "Mon 7 Dec 2026 to Wed 9 Dec 2026"),
        ({"due": "2026-11-25T14:00", "due_text": "Wed 25 Nov 2026, 14:00", "duration_min": 90}, "for 1 h 30 min"),
        ({"deadline": "2026-12-24"}, "deadline Thu 24 Dec 2026"),
        ({"repeats": "every week, 5 times", "repeats_times": 5}, "every week, 5 times · urgent"),
        ({"repeats": "every week", "repeats_until": "2026-12-24"}, "every week · urgent"),
        ({"repeats": "every week"}, "every week · repeats with no end · urgent"),
        ({"description": "ask\nfor   the receipt"}, "note: ask for the receipt"),
    ],
)
def test_everything_that_was_understood_of_a_task_is_told(facts: dict[str, object], line: str) -> None:
    assert line in tell(Call("add_tasks", {}), output({**BILL, **facts})).text


def test_what_was_assumed_and_what_stayed_in_the_title_is_told() -> None:
    item = {"ok": True, "task": BILL, "assumptions": ["took 5 as 5 pm"], "left_in_title": ["march"]}
    text = tell(Call("add_tasks", {}), json.dumps({"results": [item]})).text
    assert text.endswith('  (took 5 as 5 pm)\n  ("march" stayed in the title)')


def test_a_completed_task_is_told_with_its_next_date() -> None:
    following = {"state": "made", "number": 2, "id": "id-2", "due": "2026-11-26", "due_text": "Thu 26 Nov 2026, 09:00"}
    told = tell(Call("complete_tasks", {}), output({**STANDUP, "status": "completed", "next": following}))
    assert told.text == "Completed #1 standup. Next: #2 standup, Thu 26 Nov 2026, 09:00."


@pytest.mark.parametrize(
    ("following", "sentence"),
    [
        ({"state": "pending"}, "will be there in a moment"),
        ({"state": "ended"}, "the series has ended"),
        ({"state": "stopped"}, "It makes no next one"),
        ({"state": "made", "number": 2, "id": "x", "due_text": "Thu 26 Nov 2026", "passed_over": 3}, "3 dates"),
    ],
)
def test_a_series_that_does_not_simply_go_on_is_told(following: dict[str, object], sentence: str) -> None:
    assert sentence in tell(Call("complete_tasks", {}), output({**STANDUP, "next": following})).text


def test_an_undo_says_what_was_taken_back_and_how_things_are() -> None:
    text = tell(
        Call("undo", {}), output(STANDUP, {**BILL, "deleted_at": "2026-11-24"}, undone="completing standup")
    ).text
    assert text.startswith("Undone: completing standup.\n  #1 standup is open · Wed 25 Nov 2026, 09:00")
    assert "#12 dentist bill is in the trash" in text


def test_several_that_fit_are_a_numbered_list_with_a_question() -> None:
    candidates = [
        {"number": 3, "id": "id-3", "title": "dentist", "due": "Tue 24 Nov 2026, 14:30"},
        {"number": 12, "id": "id-12", "title": "dentist bill"},
    ]
    problem = {"code": "ambiguous", "detail": "Several tasks fit “dentist”.", "candidates": candidates}
    results = {"results": [{"ok": True, "task": BILL}, {"ok": False, "problem": problem}]}
    told = tell(Call("delete_tasks", {"tasks": ["bill", "dentist"]}), json.dumps(results))
    assert told.text.endswith(
        "Several tasks fit “dentist”. Which one do you mean?\n"
        "  1. #3 dentist, Tue 24 Nov 2026, 14:30\n"
        "  2. #12 dentist bill"
    )
    assert told.pending is not None
    assert told.pending.call == Call("delete_tasks", {"tasks": ["dentist"]})
    assert told.pending.candidates == (Named("id-3", 3, "dentist"), Named("id-12", 12, "dentist bill"))


def test_a_problem_is_a_sentence_with_what_to_do() -> None:
    problem = {"code": "invalid", "detail": "February has no 30th.", "advice": "Name another day.", "field": "when"}
    told = tell(Call("add_tasks", {}), json.dumps({"results": [{"ok": False, "problem": problem}]}))
    assert told.text == "February has no 30th. Name another day."


def test_a_call_that_failed_as_a_whole_is_told_in_its_own_words() -> None:
    sentence = "There is nothing to undo."
    assert tell(Call("undo", {}), sentence).text == sentence
    assert tell(Call("find_tasks", {}), sentence).text == sentence


def test_a_list_is_told_in_columns_under_what_was_asked_for() -> None:
    page = {"tasks": [STANDUP, BILL], "total": 2, "period": {"text": "this week"}}
    told = tell(Call("find_tasks", {"when": "this week", "limit": 50}), json.dumps(page))
    assert told.text.splitlines() == [
        "2 open tasks · this week:",
        "  #1   standup       Wed 25 Nov 2026, 09:00  every day at 09:00 · #work",
        "  #12  dentist bill  no date                 urgent",
    ]


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ({"overdue": True, "tags": ["home", "garden"]}, "No open overdue tasks tagged home and garden."),
        ({"status": "completed"}, "No completed tasks."),
        ({"priority": "urgent"}, "No open urgent tasks."),
        ({"priority": "high", "text": "{oat} milk"}, "No open high-priority tasks with “{oat} milk”."),
        ({"min_priority": "high", "no_due": True}, "No open tasks with high priority or above with no date."),
    ],
)
def test_an_empty_list_says_what_there_is_none_of(asked: dict[str, object], heading: str) -> None:
    assert tell(Call("find_tasks", asked), json.dumps({"tasks": [], "total": 0})).text == heading


def test_a_list_that_is_longer_says_how_much_is_not_shown() -> None:
    told = tell(Call("find_tasks", {}), json.dumps({"tasks": [STANDUP], "total": 7}))
    assert told.text.startswith("7 open tasks:")
    assert "and 6 more" in told.text
