"""The text of a rule: what is accepted, and what is said about the rest."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskora.domain.errors import InvalidField
from taskora.domain.recurrence import validate
from taskora.domain.rules import parse
from tests.domain.drawn import rule_texts


@pytest.mark.parametrize(
    ("rrule", "said"),
    [
        ("", "NAME=VALUE"),
        ("daily", "NAME=VALUE"),
        ("INTERVAL=2", "FREQ="),
        ("FREQ=SECONDLY", "FREQ=SECONDLY"),
        ("FREQ=DAILY;FREQ=DAILY", "given twice"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL=-1"),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", "INTERVAL=9999"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX"),
        ("FREQ=WEEKLY;BYDAY=2MO", "BYDAY=2MO"),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY=0MO"),
        ("FREQ=MONTHLY;BYDAY=6MO", "BYDAY=6MO"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY does not go"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO does not go"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH=13"),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR does not go"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS needs"),
        ("FREQ=DAILY;UNTIL=20270101", "UNTIL: the last date"),
        ("FREQ=DAILY;COUNT=3", "COUNT: the number"),
        ("FREQ=DAILY;BYSECOND=3", "BYSECOND"),
        ("FREQ=DAILY;WKST=8", "WKST=8"),
        ("FREQ=DAILY;COLOUR=RED", "COLOUR: no such part"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYDAY=MO", "none of the months"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "BYWEEKNO"),
    ],
)
def test_a_wrong_rule_is_refused_and_the_part_at_fault_is_named(rrule: str, said: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        validate(rrule)
    assert said in refusal.value.detail
    assert refusal.value.field == "repeat"


@given(rule_texts())
def test_every_plain_rule_is_accepted_in_any_case_and_with_its_prefix(rrule: str) -> None:
    assert parse(rrule) == parse(f"RRULE:{rrule.lower()}")


@given(st.text(max_size=60) | st.text("FREQ=DAILY;BYMONTHWKST0123456789,-+SU", max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    with suppress(InvalidField):
        validate(text)
