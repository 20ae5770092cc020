"""The words after a command: which tasks they name, which filters they mean."""

import pytest

from services.local.cli.editing import editing, moving
from services.local.cli.words import Named, joined, named, readings, wanted
from taskora.config import Settings
from taskora.domain.errors import InvalidField

SETTINGS = Settings(zone="America/New_York")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("dentist", Named(("dentist",))),
        ("call the dentist", Named(("call the dentist",))),
        ("12", Named(("12",))),
        ("3 4 #5", Named(("3", "4", "#5"))),
        ("3, 4 and 5", Named(("3", "4", "5"))),
        ("dentist, milk", Named(("dentist", "milk"))),
        ("all overdue", Named(every="overdue")),
        ("everything due today", Named(every="today")),
        ("all tasks", Named(every="")),
    ],
)
def test_words_name_one_task_several_or_a_list(words: str, meant: Named) -> None:
    assert named(words.split(" ")) == meant


def test_quoted_titles_are_a_task_each() -> None:
    assert named(["buy milk", "call mom"]) == Named(("buy milk", "call mom"))


@pytest.mark.parametrize(
    ("words", "query", "left"),
    [
        ("this week high", {"priority": "high"}, "this week"),
        ("high priority this week", {"priority": "high"}, "this week"),
        ("high and above", {"min_priority": "high"}, ""),
        ("#home overdue", {"tag": ["home"], "overdue": True}, ""),
        ("tomorrow not #work", {"no_tag": ["work"]}, "tomorrow"),
        ("done today", {"status": "completed"}, "today"),
        ("all by priority", {"status": "all", "sort": "priority"}, ""),
        ("trash", {"trash": True}, ""),
        ("water the plants", {}, "water the plants"),
        ("", {}, ""),
    ],
)
def test_words_of_a_list_are_filters_and_the_rest_a_period_or_a_search(
    words: str, query: dict[str, object], left: str
) -> None:
    found = wanted(words.split())
    assert (found.query, " ".join(found.words)) == (query, left)


def test_words_that_may_be_a_period_and_a_search_are_tried_from_the_likeliest_on() -> None:
    ways = readings(["today", "dentist"])
    assert ways == [("today dentist", None), ("today", "dentist"), ("dentist", "today"), (None, "today dentist")]


@pytest.mark.parametrize(
    ("words", "target", "fields"),
    [
        ("dentist friday 3pm", "dentist", {"when": "friday 3pm"}),
        ("dentist to friday 3pm", "dentist", {"when": "friday 3pm"}),
        ("water the plants sunday 10am", "water the plants", {"when": "sunday 10am"}),
        ("12 tomorrow", "12", {"when": "tomorrow"}),
        ("#12 to next week", "#12", {"when": "next week"}),
        ("dentist by 2 days", "dentist", {"shift": "P2D"}),
        ("12 by 2 days", "12", {"shift": "P2D"}),
    ],
)
def test_a_move_is_split_where_the_date_begins(words: str, target: str, fields: dict[str, object]) -> None:
    assert moving(SETTINGS, words.split()) == (Named((target,)), fields)


def test_several_move_at_once() -> None:
    assert moving(SETTINGS, ["3", "4", "to", "monday"]) == (Named(("3", "4")), {"when": "monday"})
    assert moving(SETTINGS, ["all", "overdue", "to", "tomorrow"]) == (Named(every="overdue"), {"when": "tomorrow"})


def test_a_quoted_title_keeps_its_words_of_a_date() -> None:
    assert moving(SETTINGS, ["call mom on sunday", "monday"]) == (Named(("call mom on sunday",)), {"when": "monday"})


@pytest.mark.parametrize("words", ["dentist", "12", "", "all to", "tomorrow"])
def test_a_move_without_task_or_date_says_how_it_is_said(words: str) -> None:
    with pytest.raises(InvalidField, match="Say") as refused:
        moving(SETTINGS, words.split())
    assert "taskora move" in refused.value.sentence


@pytest.mark.parametrize(
    ("words", "target", "fields"),
    [
        ("dentist high", "dentist", {"priority": "high"}),
        ("dentist high #health", "dentist", {"priority": "high", "tags_add": ["health"]}),
        ("dentist priority low", "dentist", {"priority": "low"}),
        ("plants every saturday", "plants", {"repeat": "every saturday"}),
        ("12 tomorrow #home", "12", {"when": "tomorrow", "tags_add": ["home"]}),
        ("dentist no date", "dentist", {"clear": ["due"]}),
        ("dentist without #health", "dentist", {"tags_remove": ["health"]}),
        ("dentist remind me 1 hour before", "dentist", {"reminders": ["-PT1H"]}),
    ],
)
def test_an_edit_is_split_into_task_and_changes(words: str, target: str, fields: dict[str, object]) -> None:
    assert editing(SETTINGS, words.split()) == (Named((target,)), fields)


def test_an_edit_without_a_change_says_how_it_is_said() -> None:
    with pytest.raises(InvalidField, match="Say what to change"):
        editing(SETTINGS, ["dentist"])


def test_words_that_are_no_text_are_refused() -> None:
    with pytest.raises(InvalidField, match="UTF-8"):
        joined(["caf\udce9"])
