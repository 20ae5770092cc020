"""Lines that change a task: its date, title, priority, tags, repetition, reminders, notes."""

import pytest

from taskora.nlu.reader import read_line
from tests.nlu.lines import line, one
from tests.nlu.saying import context


@pytest.mark.parametrize(
    ("text", "target", "due"),
    [
        ("move dentist to friday", "dentist", "2026-11-20"),
        ("move dentist to friday 3pm", "dentist", "2026-11-20T15:00"),
        ("reschedule team lunch to next tuesday at 12:30", "team lunch", "2026-11-24T12:30"),
        ("reschedule the dentist tomorrow 9am", "dentist", "2026-11-19T09:00"),
        ("postpone car wash until saturday", "car wash", "2026-11-21"),
        ("put off the dentist until next month", "dentist", "2026-12-01"),
        ("bring call Lena forward to tomorrow", "call Lena", "2026-11-19"),
        ("move talk to bob to friday", "talk to bob", "2026-11-20"),
        ("set dentist for tuesday", "dentist", "2026-11-24"),
        ("change the due date of renew visa to jan 15", "renew visa", "2027-01-15"),
        ("move choir from tuesday to thursday", "choir", "2026-11-19"),
        ("move #7 to tomorrow", "#7", "2026-11-19"),
        ("book club is on the 25th now", "book club", "2026-11-25"),
        ("dentist at 4pm instead", "dentist", "2026-11-18T16:00"),
        ("make it friday", "it", "2026-11-20"),
        ("make it 4", "it", "2026-11-18T16:00"),
        ("I need to move my dentist appointment to friday", "dentist appointment", "2026-11-20"),
    ],
)
def test_a_new_date_is_resolved_and_kept_in_words(text: str, target: str, due: str) -> None:
    command = one(text)
    assert (command["intent"], command["target"], command["changes"]) == ("update", target, {"due": due})
    assert read_line(text, context()).commands[0].words["when"]


def test_a_correction_means_the_task_of_the_conversation() -> None:
    assert one("no, friday") == {"intent": "update", "changes": {"due": "2026-11-20"}}


def test_what_follows_no_corrects_and_is_never_a_task_of_its_own() -> None:
    assert one("no, urgent") == {"intent": "update", "changes": {"priority": "urgent"}}
    assert one("no, move it to friday")["intent"] == "update"
    assert one("no, the blue one") == {"intent": "clarify", "target": "the blue one"}


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("push dentist back 2 days", "P2D"),
        ("delay dentist by a week", "P7D"),
        ("bring dentist forward by an hour", "-PT1H"),
        ("move dentist back by 1 month", "P1M"),
        ("make dentist 30 minutes later", "PT30M"),
    ],
)
def test_a_move_by_a_length_of_time_is_left_to_whoever_knows_the_date(text: str, shift: str) -> None:
    command = read_line(text, context()).commands[0]
    assert (command.target, command.words["shift"]) == ("dentist", shift)
    assert command.changes is not None
    assert command.changes.due is None


@pytest.mark.parametrize(
    ("text", "target", "changes"),
    [
        ("rename dentist to orthodontist visit", "dentist", {"title": "orthodontist visit"}),
        ("change the title of milk to oat milk", "milk", {"title": "oat milk"}),
        ("replace milk with oat milk", "milk", {"title": "oat milk"}),
        ('call the dentist task "tooth doctor" instead', "dentist", {"title": "tooth doctor"}),
        ("make the grant report high priority", "grant report", {"priority": "high"}),
        ("set priority of laundry to low", "laundry", {"priority": "low"}),
        ("bump call Bo to p1", "call Bo", {"priority": "urgent"}),
        ("groceries is now urgent", "groceries", {"priority": "urgent"}),
        ("prioritize the report", "report", {"priority": "high"}),
        ("tag groceries with home", "groceries", {"tags_add": ["home"]}),
        ("tag milk with shopping and food", "milk", {"tags_add": ["shopping", "food"]}),
        ("tag report #work", "report", {"tags_add": ["work"]}),
        ("add the tag urgent-ish to call Bo", "call Bo", {"tags_add": ["urgent-ish"]}),
        ("tag it home", "it", {"tags_add": ["home"]}),
        ("remove the work tag from expense report", "expense report", {"tags_remove": ["work"]}),
        ("untag laundry", "laundry", {"cleared": ["tags"]}),
        ("untag taxes finance", "taxes", {"tags_remove": ["finance"]}),
        ("take the date off groceries", "groceries", {"cleared": ["due"]}),
        ("remove the time from dentist", "dentist", {"cleared": ["time"]}),
        ("clear the reminders of dentist", "dentist", {"cleared": ["reminders"]}),
    ],
)
def test_one_field_changes_and_no_other(text: str, target: str, changes: dict[str, object]) -> None:
    assert one(text) == {"intent": "update", "target": target, "changes": changes}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("make standup repeat every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("repeat standup weekly", "FREQ=WEEKLY;BYDAY=WE"),
        ("change standup to every weekday at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR@09:00"),
        ("make standup daily", "FREQ=DAILY"),
        ("standup should repeat every monday", "FREQ=WEEKLY;BYDAY=MO"),
        ("change the repeat of standup to mondays", "FREQ=WEEKLY;BYDAY=MO"),
    ],
)
def test_a_new_rule_is_resolved(text: str, rule: str) -> None:
    command = read_line(text, context()).commands[0]
    assert command.words["repeat"]
    view = one(text)
    assert (view["intent"], view["target"]) == ("update", "standup")
    assert isinstance(view["changes"], dict)
    assert view["changes"]["repeat"] == rule


def test_a_note_goes_to_the_task() -> None:
    command = one("add a note to dentist: bring x-rays")
    assert (command["intent"], command["target"], command["description"]) == ("update", "dentist", "bring x-rays")


def test_a_bulk_move_needs_a_yes() -> None:
    assert one("move all overdue tasks to today") == {
        "intent": "update",
        "filter": {"overdue": True},
        "changes": {"due": "2026-11-18"},
        "needs_confirmation": True,
    }
    assert one("postpone everything due today to tomorrow") == {
        "intent": "update",
        "filter": {"due_from": "2026-11-18", "due_to": "2026-11-18"},
        "changes": {"due": "2026-11-19"},
        "needs_confirmation": True,
    }


@pytest.mark.parametrize(
    ("text", "intent", "target"),
    [
        ("skip tomorrow's standup", "skip", "standup"),
        ("skip gym this week", "skip", "gym"),
        ("skip the next standup", "skip", "standup"),
        ("stop repeating standup", "stop_series", "standup"),
        ("don't repeat book club any more", "stop_series", "book club"),
        ("laundry should no longer repeat", "stop_series", "laundry"),
        ("stop the daily standup", "stop_series", "standup"),
        ("end the series water ferns", "stop_series", "water ferns"),
        ("snooze dentist for 10 minutes", "snooze", "dentist"),
    ],
)
def test_one_date_of_a_series_and_the_whole_of_it(text: str, intent: str, target: str) -> None:
    command = one(text)
    assert (command["intent"], command["target"]) == (intent, target)


@pytest.mark.parametrize(
    ("text", "target", "minutes"),
    [
        ("remind me 15 minutes before the dentist", "dentist", -15),
        ("remind me about the dentist an hour before", "dentist", -60),
        ("remind me the day before the flight", "flight", -1440),
        ("set a reminder 30 minutes before dentist", "dentist", -30),
    ],
)
def test_a_reminder_of_a_task_that_is_there(text: str, target: str, minutes: int) -> None:
    assert one(text) == {"intent": "remind", "target": target, "reminders": [minutes]}


@pytest.mark.parametrize(
    "text",
    [
        "change the oil",
        "change sheets every sunday",
        "move old monitor to the attic",
        "move the sofa on saturday",
        "push code to production",
        "make dinner reservations for friday at 8",
        "set up the weekly planner template",
        "put the trash out tonight",
        "shift from 9 to 5 tomorrow",
        "stop smoking",
        "plan picnic every saturday at 10am",
        "remind me to call mom at 5",
        "note to self: compare tariffs",
    ],
)
def test_an_order_to_oneself_that_begins_like_a_change_stays_a_task(text: str) -> None:
    assert one(text)["intent"] == "add"


@pytest.mark.parametrize(
    ("text", "piece"),
    [("reschedule dentist", "dentist"), ("move", "dentist"), ("rename milk", "milk"), ("delete", "dentist")],
)
def test_a_change_that_lacks_something_is_a_question(text: str, piece: str) -> None:
    command = read_line(text, context()).commands[0]
    assert command.intent == "clarify"
    assert command.question
    assert piece in command.question


def test_a_change_goes_on_in_the_same_line() -> None:
    assert line("move it to friday and tag it home") == [
        {"intent": "update", "target": "it", "changes": {"due": "2026-11-20"}},
        {"intent": "update", "target": "it", "changes": {"tags_add": ["home"]}},
    ]
