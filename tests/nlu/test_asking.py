"""Questions about tasks, and the words of a period or a filter."""

import pytest

from taskora.domain.due import Due
from taskora.domain.errors import InvalidField, NotUnderstood
from taskora.domain.preferences import WeekStart
from taskora.nlu.reader import read_line, read_period
from taskora.nlu.reading import Command, Filter, Intent
from tests.nlu.lines import one, view
from tests.nlu.saying import context

DAY = "2026-11-18"


def meant(words: str, week_start: WeekStart = WeekStart.MONDAY) -> object:
    found: Filter = read_period(words, context(week_start=week_start))
    return view(Command(Intent.LIST, filter=found)).get("filter", {})


def span(first: str, last: str | None = None) -> dict[str, str]:
    return {"due_from": first, "due_to": last or first}


@pytest.mark.requirement("R-009")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what's due this week", span("2026-11-16", "2026-11-22")),
        ("show overdue", {"overdue": True}),
        ("is anything overdue?", {"overdue": True}),
        ("anything urgent?", {"priority": "urgent"}),
        ("am I free friday?", span("2026-11-20")),
        ("what do i need to do", {}),
        ("show everything tagged work", {"tags": ["work"]}),
        ("show my @errands tasks for saturday", {"tags": ["errands"], **span("2026-11-21")}),
        ("list high priority tasks due tomorrow", {"priority": "high", **span("2026-11-19")}),
        ("what's overdue and tagged home", {"overdue": True, "tags": ["home"]}),
        ("which tasks have no date?", {"no_due": True}),
        ("show completed tasks", {"status": "completed"}),
        ("tasks for the weekend", span("2026-11-21", "2026-11-22")),
        ("what have i got tomorrow afternoon", span("2026-11-19T12:00", "2026-11-19T18:00")),
        ("show today's tasks", span(DAY)),
        ("what's due before december 1", {"due_to": "2026-11-30"}),
        ("show tasks about taxes", {"text": "taxes"}),
        ("find passport", {"text": "passport"}),
        ("any dentist tasks?", {"text": "dentist"}),
        ("list tasks sorted by priority", {"sort": "priority"}),
        ("show my tasks, newest first", {"sort": "-created"}),
        ("show p1 and p2 tasks", {"min_priority": "high"}),
        ("show medium and above", {"min_priority": "medium"}),
        ("how many tasks do I have", {}),
        ("what's next?", {}),
        ("what about tomorrow?", span("2026-11-19")),
        ("only the urgent ones", {"priority": "urgent"}),
        ("show me tasks that are not done", {"status": "open"}),
        ("what should I work on", {}),
        ("how does my week look", span("2026-11-16", "2026-11-22")),
        ("refresh my memory, what is left for friday", span("2026-11-20")),
        ("my tasks", {}),
        ("TODO LIST", {}),
        ("hey, could you show me what's due today please?", span(DAY)),
    ],
)
def test_a_question_becomes_a_filter(text: str, expected: dict[str, object]) -> None:
    command = one(text)
    assert (command["intent"], command["filter"]) == ("list", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what did I finish yesterday", {"completed_from": "2026-11-17", "completed_to": "2026-11-17"}),
        ("what have we completed this week", {"completed_from": "2026-11-16", "completed_to": "2026-11-22"}),
        ("did I finish anything yesterday", {"completed_from": "2026-11-17", "completed_to": "2026-11-17"}),
        ("what did i get done on monday", {"completed_from": "2026-11-16", "completed_to": "2026-11-16"}),
        ("completed tasks from last week", {"completed_from": "2026-11-09", "completed_to": "2026-11-15"}),
    ],
)
def test_what_was_done_is_asked_for_by_the_time_of_completion(text: str, expected: dict[str, object]) -> None:
    assert one(text)["filter"] == {"status": "completed", **expected}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("is oat milk on my list?", "oat milk"),
        ("when is the dentist", "dentist"),
        ("when's my rent due", "rent"),
        ("is the report done?", "report"),
        ("did i add milk", "milk"),
    ],
)
def test_a_question_about_one_task_names_it(text: str, target: str) -> None:
    command = one(text)
    assert (command["intent"], command["target"], command["filter"]) == ("list", target, {"text": target})


@pytest.mark.parametrize(
    "text",
    [
        "find a plumber",
        "find out about june's shower",
        "see the dentist tomorrow",
        "look up annual leave rules",
        "check the oven",
        "list the sofa on ebay",
        "read the report",
        "get milk",
        "open a bank account",
        "review PR 45",
    ],
)
def test_a_task_that_begins_like_a_question_stays_a_task(text: str) -> None:
    assert one(text)["intent"] == "add"


@pytest.mark.parametrize(
    "text",
    ["what's the weather in Lisbon", "who won the world cup in 1998", "when is christmas", "why is the sky blue?"],
)
def test_a_question_about_the_world_is_no_question_about_tasks(text: str) -> None:
    assert one(text) == {"intent": "out_of_scope"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("today", span(DAY)),
        ("this week", span("2026-11-16", "2026-11-22")),
        ("next week", span("2026-11-23", "2026-11-29")),
        ("last week", span("2026-11-09", "2026-11-15")),
        ("next 5 days", span(DAY, "2026-11-23")),
        ("in the next two weeks", span(DAY, "2026-12-02")),
        ("past 3 days", span("2026-11-15", DAY)),
        ("this weekend", span("2026-11-21", "2026-11-22")),
        ("next weekend", span("2026-11-28", "2026-11-29")),
        ("between monday and friday", span("2026-11-23", "2026-11-27")),
        ("dec 1 - dec 7", span("2026-12-01", "2026-12-07")),
        ("from dec 28 to jan 3", span("2026-12-28", "2027-01-03")),
        ("after friday", {"due_from": "2026-11-21"}),
        ("by friday", {"due_to": "2026-11-20"}),
        ("no later than friday", {"due_to": "2026-11-20"}),
        ("before 5pm", {"due_to": "2026-11-18T17:00"}),
        ("since monday", {"due_from": "2026-11-16"}),
        ("tonight", span("2026-11-18T18:00", "2026-11-18T23:59")),
        ("in december", span("2026-12-01", "2026-12-31")),
        ("q1", span("2027-01-01", "2027-03-31")),
        ("2027", span("2027-01-01", "2027-12-31")),
        ("the rest of the week", span(DAY, "2026-11-22")),
        ("later this week", span("2026-11-19", "2026-11-22")),
        ("the next hour", span("2026-11-18T10:15", "2026-11-18T11:15")),
        ("overdue", {"overdue": True}),
        ("no date", {"no_due": True}),
        ("high and above", {"min_priority": "high"}),
    ],
)
def test_a_period_in_words(words: str, expected: dict[str, object]) -> None:
    assert meant(words) == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("what's due this week", "this week"),
        ("show today's tasks", "today"),
        ("what's due before december 1", "before december 1"),
        ("show my @errands tasks for saturday", "for saturday"),
        ("what did i finish on monday", "between 2026-11-16 and 2026-11-16"),
        ("complete everything due today", "today"),
        ("move all tasks due this week to monday", "this week"),
    ],
)
def test_the_words_of_a_period_are_kept_and_mean_the_same_when_read_alone(text: str, period: str) -> None:
    command = read_line(text, context()).commands[0]
    assert command.words["period"] == period
    alone = read_period(period, context())
    assert command.filter is not None
    days = (command.filter.completed_from, command.filter.completed_to)
    assert (alone.due_from, alone.due_to) in {
        (command.filter.due_from, command.filter.due_to),
        tuple(Due(day) if day else None for day in days),
    }


def test_a_week_begins_where_the_person_says() -> None:
    assert meant("this week", WeekStart.SUNDAY) == span("2026-11-15", "2026-11-21")


@pytest.mark.parametrize("words", ["banana", "", "the", "whenever you like"])
def test_words_that_are_no_period_are_refused(words: str) -> None:
    with pytest.raises(NotUnderstood):
        read_period(words, context())


def test_an_impossible_day_in_a_period_is_named() -> None:
    with pytest.raises(InvalidField, match="There is no 30 February"):
        read_period("before feb 30", context())
