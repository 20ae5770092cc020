"""Weekdays beside dates, in the words of a model."""

import datetime as dt

import pytest

from agent.language_model.weekdays import wrong_weekdays

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("on Thursday, 27 November 2026", ["27 November 2026 is a Friday"]),
        ("on Thursday, November 27th", ["27 November 2026 is a Friday"]),
        ("Thu 2026-11-27 and Thu (2026-11-27)", ["27 November 2026 is a Friday"]),
        ("on Friday the 27th of November", []),
        ("Mon 4 Jan", []),
        ("Tue 5 January", []),
        ("Sunday 5 January", ["5 January 2027 is a Tuesday"]),
        ("Friday 30 February", []),
        ("see you friday", []),
        ("", []),
    ],
)
def test_a_weekday_beside_the_wrong_date_is_found(text: str, said: list[str]) -> None:
    assert wrong_weekdays(text, TODAY) == said
