"""Words that are only a date or time: what `when` of a form or an update gives."""

import datetime as dt

import pytest

from taskora.domain.errors import InvalidField, NotUnderstood
from taskora.nlu.when_entry import read_when
from tests.nlu.saying import context, due_of, shown

WORDS = (
    ("tomorrow", "2026-11-19"),
    ("to friday", "2026-11-20"),
    ("until next monday", "2026-11-23"),
    ("may", "2027-05-01"),
    ("sat", "2026-11-21"),
    ("5th", "2026-12-05"),
    ("5", "2026-11-18T17:00"),
    ("to 5pm", "2026-11-18T17:00"),
    ("9:30 tomorrow", "2026-11-19T09:30"),
    ("next week instead", "2026-11-23"),
    ("in 2 hours", "2026-11-18T12:15"),
    ("the day after tomorrow at noon", "2026-11-20T12:00"),
    ("friday evening", "2026-11-20T19:00"),
    ("2027-01-27", "2027-01-27"),
    ("tonight", "2026-11-18T20:00"),
)


@pytest.mark.parametrize(("words", "due"), WORDS)
def test_words_for_a_date_alone_are_read(words: str, due: str) -> None:
    assert due_of(words) == due


@pytest.mark.parametrize("words", ["", "soon", "friday maybe blue", "buy milk", "the report"])
def test_words_that_are_no_date_are_refused_with_an_example(words: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        due_of(words)

    assert "tomorrow at 5pm" in refusal.value.next_step


def test_an_impossible_date_is_named() -> None:
    with pytest.raises(InvalidField, match="There is no 31 April"):
        due_of("31 april")


@pytest.mark.parametrize("words", ["no date", "no due date", "someday", "without a due date"])
def test_refusing_a_date_clears_it(words: str) -> None:
    changes = read_when(words, context()).changes

    assert changes is not None
    assert changes.cleared == {"due"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("friday", {"day"}),
        ("at 3pm", {"time"}),
        ("friday at 3pm", {"day", "time"}),
        ("tonight", {"day", "time"}),
        ("in the morning", {"time"}),
    ],
)
def test_it_is_told_whether_a_day_or_a_time_was_said(words: str, said: set[str]) -> None:
    assert set(read_when(words, context()).words) == said


def test_a_range_and_a_duration_are_read() -> None:
    read = read_when("friday 2-4pm", context())
    assert (shown(read.due), shown(read.end)) == ("2026-11-20T14:00", "2026-11-20T16:00")

    read = read_when("friday 2pm for 45 min", context())
    assert read.duration == dt.timedelta(minutes=45)
