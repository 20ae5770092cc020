"""Dates and times that the calendar or the clock lacks are named, never guessed."""

import pytest

from taskora.domain.errors import InvalidField
from tests.nlu.saying import task

LINES = (
    "call bob on feb 30",
    "call bob 31 april",
    "call bob at 25:00",
    "call bob tomorrow at 25:00",
    "call bob on 13/32/2026",
    "call bob on the 32nd",
    "call bob on november 31st",
    "call bob 29 feb 2027",
)


@pytest.mark.parametrize("text", LINES)
def test_an_impossible_date_or_time_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        task(text)

    assert refusal.value.field == "due"
    assert refusal.value.sentence.endswith(".")


def test_the_sentence_names_the_day_that_does_not_exist() -> None:
    with pytest.raises(InvalidField, match="There is no 30 February"):
        task("pay rent feb 30")


def test_a_leap_day_is_refused_only_in_a_year_that_lacks_it() -> None:
    with pytest.raises(InvalidField, match="There is no 29 February in 2027"):
        task("pay rent 29 feb 2027")

    assert str(task("pay rent 29 feb").due.date) == "2028-02-29"  # type: ignore[union-attr]  # a due is the point here
