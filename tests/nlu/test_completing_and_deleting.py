"""Lines that complete, reopen, delete and restore tasks that are there."""

import pytest

from tests.nlu.lines import line, one


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("done with standup", "standup"),
        ("I'm done with the laundry", "laundry"),
        ("im finished with the report", "report"),
        ("finished the tax return", "tax return"),
        ("I just finished writing the report", "writing the report"),
        ("mark groceries as done", "groceries"),
        ("Mark 'walk the dog' complete", "walk the dog"),
        ("mark done: standup", "standup"),
        ("cross milk off my list", "milk"),
        ("cross off call mom", "call mom"),
        ("check milk off the list", "milk"),
        ("tick off laundry", "laundry"),
        ("complete #12", "#12"),
        ("complete task 7", "7"),
        ("close #12", "#12"),
        ("finish the expense report task", "expense report"),
        ("I paid the rent", "rent"),
        ("called mom", "mom"),
        ("i've already bought milk", "milk"),
        ("the dishes are done", "dishes"),
        ("standup is finished", "standup"),
        ("laundry done", "laundry"),
        ("paid the rent this morning", "rent"),
        ("that's done", "it"),
        ("hey, can you mark standup as done please?", "standup"),
    ],
)
def test_a_report_that_something_is_done_completes_it(text: str, target: str) -> None:
    assert one(text) == {"intent": "complete", "target": target}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("reopen the tax return", "tax return"),
        ("mark groceries as not done", "groceries"),
        ("uncheck laundry", "laundry"),
        ("the report isn't done yet", "report"),
        ("I haven't finished the essay", "essay"),
        ("i'm not done with standup", "standup"),
        ("set #4 back to open", "#4"),
    ],
)
def test_what_is_not_done_after_all_is_opened_again(text: str, target: str) -> None:
    assert one(text) == {"intent": "reopen", "target": target}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("delete dentist", "dentist"),
        ("remove the june 12 event", "june 12 event"),
        ("take milk off my list", "milk"),
        ("take X off", "X"),
        ("get rid of the old newsletter task", "old newsletter"),
        ("cancel the lunch task", "lunch"),
        ("drop the milk task", "milk"),
        ("I don't need milk anymore", "milk"),
        ("trash #4", "#4"),
        ("delete it", "it"),
    ],
)
def test_taking_off_the_list_deletes(text: str, target: str) -> None:
    assert one(text) == {"intent": "delete", "target": target}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("restore the picnic", "picnic"),
        ("bring back buy stamps", "buy stamps"),
        ("undelete milk", "milk"),
        ("get milk out of the trash", "milk"),
    ],
)
def test_the_trash_gives_back(text: str, target: str) -> None:
    assert one(text) == {"intent": "restore", "target": target}


@pytest.mark.parametrize(
    ("text", "intent", "meant"),
    [
        ("complete everything due today", "complete", {"due_from": "2026-11-18", "due_to": "2026-11-18"}),
        ("mark all overdue tasks as done", "complete", {"overdue": True}),
        ("i'm done with today's list", "complete", {"due_from": "2026-11-18", "due_to": "2026-11-18"}),
        ("delete all completed tasks", "delete", {"status": "completed"}),
        ("remove everything tagged someday", "delete", {"tags": ["someday"]}),
        ("delete all tasks about milk", "delete", {"text": "milk"}),
        ("clear my list", "delete", {}),
        ("clear completed", "delete", {"status": "completed"}),
        ("reopen all tasks completed today", "reopen", None),
    ],
)
def test_several_tasks_at_once_need_a_yes(text: str, intent: str, meant: dict[str, object] | None) -> None:
    command = one(text)
    assert (command["intent"], command["needs_confirmation"]) == (intent, True)
    assert "target" not in command
    if meant is not None:
        assert command["filter"] == meant


@pytest.mark.parametrize(
    "text",
    [
        "finish the report by friday",
        "complete the tax form by friday",
        "close the window",
        "check the oven",
        "cancel my netflix subscription",
        "drop off the kids at school",
        "clear the gutters",
        "close all open deals by end of year",
        "take friday off",
        "bring cupcakes tomorrow",
        "read the report",
        "✅ check the fuse box tomorrow",
    ],
)
def test_an_order_to_oneself_stays_a_task(text: str) -> None:
    assert one(text)["intent"] == "add"


def test_short_names_in_a_list_are_several_tasks_and_a_title_with_and_is_one() -> None:
    assert line("mark laundry and dishes as done") == [
        {"intent": "complete", "target": "laundry"},
        {"intent": "complete", "target": "dishes"},
    ]
    assert [command["target"] for command in line("delete #3, #5 and #7")] == ["#3", "#5", "#7"]
    assert one("done with buy milk and eggs") == {"intent": "complete", "target": "buy milk and eggs"}
    assert one("done with mac and cheese") == {"intent": "complete", "target": "mac and cheese"}
