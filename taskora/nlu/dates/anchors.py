"""Dates that hang on another date: 3 days before christmas, a week on friday, the monday after the 5th, week of nov 30."""

from collections.abc import Callable

from taskora.nlu.calendar_words import UNITS, WEEKDAYS, Unit
from taskora.nlu.candidates import FIRM, SHAKY, Match
from taskora.nlu.dates.expressions import DateExpression, Day, Shifted, Weekday, WeekdayNear
from taskora.nlu.dates.weeks import WeekOf
from taskora.nlu.numbers import ordinal_at
from taskora.nlu.quantities import ONE, Quantity, quantity_at
from taskora.nlu.tokens import Tokens

DateParser = Callable[[Tokens, int], Match[DateExpression] | None]

SIDES = {
    "before": -1,
    "prior": -1,
    "ahead": -1,
    "after": 1,
    "from": 1,
    "past": 1,
    "following": 1,
}
"""The words between a length of time and the date it is counted from."""

_DAY_ENDS = (
    ("eod",),
    ("cob",),
    ("end", "of", "day"),
    ("end", "of", "the", "day"),
    ("close", "of", "business"),
    ("end", "of", "business"),
    ("close", "of", "play"),
    ("the", "end", "of", "the", "day"),
    ("the", "end", "of", "day"),
)
_DAY_END_STARTS = frozenset(form[0] for form in _DAY_ENDS)
_WHOLE = frozenset((Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR))
_SATURDAY = 5


def _side_at(tokens: Tokens, i: int) -> Match[int] | None:
    """Read before, after, from, prior to, ahead of: -1 or 1."""
    word = tokens.word(i)
    side = SIDES.get(word)
    if side is None:
        return None
    return Match(i + 2 if tokens.word(i + 1) in {"to", "of"} and word in {"prior", "ahead"} else i + 1, side)


def offset_from_at(tokens: Tokens, i: int, date_at: DateParser) -> Match[DateExpression] | None:
    """Read a length of time before or after a date, or one that ends on it: two weeks on friday, a week tomorrow."""
    quantity = _length_at(tokens, i)
    if quantity is None or quantity.value.by_clock:
        return None
    side = _side_at(tokens, quantity.end)
    if side is not None and tokens.word(quantity.end - 1) == "day" and quantity.value.days > 1:
        return None  # at 9 day after tomorrow: the number is an hour
    if side is None:
        return _and_then_day(tokens, quantity, date_at)
    base = date_at(tokens, side.end)
    if base is None:
        return None
    return Match(base.end, Shifted(base.value, quantity.value * side.value), FIRM, base.assumptions)


def _length_at(tokens: Tokens, i: int) -> Match[Quantity] | None:
    """Read a quantity, or `the day`, `week` for one of them."""
    quantity = quantity_at(tokens, i)
    if quantity is not None:
        return quantity
    j = i + 1 if tokens.word(i) == "the" else i
    unit = UNITS.get(tokens.word(j))
    return Match(j + 1, ONE[unit]) if unit in _WHOLE else None


def _and_then_day(tokens: Tokens, quantity: Match[Quantity], date_at: DateParser) -> Match[DateExpression] | None:
    """Read a week on friday, two weeks on monday, a week tomorrow: the day and then whole weeks more."""
    if not quantity.value.days or quantity.value.days % 7 or quantity.value.months:
        return None
    on = tokens.word(quantity.end) == "on"
    base = date_at(tokens, quantity.end + 1 if on else quantity.end)
    if base is None or not isinstance(base.value, Weekday if on else (Weekday, Day)):
        return None
    return Match(base.end, Shifted(base.value, quantity.value), FIRM, base.assumptions)


def weekday_beside_at(tokens: Tokens, i: int, date_at: DateParser) -> Match[DateExpression] | None:
    """Read a weekday or weekend before or after a date: the first monday after easter, friday before the 5th."""
    j = i + 1 if tokens.word(i) == "the" else i
    nth = ordinal_at(tokens, j)
    if nth is not None and nth.value > 0:
        j = nth.end
    word = tokens.word(j)
    day = _SATURDAY if word == "weekend" else WEEKDAYS.get(word)
    side = _side_at(tokens, j + 1) if day is not None else None
    if day is None or side is None or tokens.word(j + 1) == "from":
        return None
    base = date_at(tokens, side.end)
    if base is None or base.score <= SHAKY:
        return None
    count = nth.value if nth else 1
    return Match(base.end, WeekdayNear(day, base.value, side.value > 0, count), FIRM, base.assumptions)


def week_of_at(tokens: Tokens, i: int, date_at: DateParser) -> Match[DateExpression] | None:
    """Read the week of nov 30 (its Monday) or the weekend of the 5th (its Saturday)."""
    j = i + 1 if tokens.word(i) == "the" else i
    if tokens.word(j) not in {"week", "weekend"} or tokens.word(j + 1) != "of":
        return None
    base = date_at(tokens, j + 2)
    if base is None:
        return None
    return Match(base.end, WeekOf(base.value, 0 if tokens.word(j) == "week" else _SATURDAY), FIRM, base.assumptions)


def day_end_at(tokens: Tokens, i: int, date_at: DateParser) -> Match[DateExpression] | None:
    """Read the end of a day that is said behind it: eod friday, close of business tomorrow, end of day on the 5th."""
    end = next((i + len(form) for form in _DAY_ENDS if tokens.words[i : i + len(form)] == form), 0)
    if not end:
        return None
    return date_at(tokens, end + 1 if tokens.word(end) in {"on", "of"} else end)


def day_end_behind(tokens: Tokens, base: Match[DateExpression]) -> Match[DateExpression]:
    """Read the end of a day behind the day: friday eod, tomorrow cob, by monday close of business."""
    j = base.end
    if tokens.word(j) not in _DAY_END_STARTS or base.score <= SHAKY:
        return base
    end = next((j + len(form) for form in _DAY_ENDS if tokens.words[j : j + len(form)] == form), j)
    return Match(end, base.value, FIRM, base.assumptions) if end > j and tokens.closes(end) else base


def then_in_at(tokens: Tokens, base: Match[DateExpression]) -> Match[DateExpression]:
    """Read an offset behind a date: tue in 2 weeks, tomorrow in a month."""
    if tokens.word(base.end) != "in" or (base.score <= SHAKY and not isinstance(base.value, Weekday)):
        return base
    quantity = quantity_at(tokens, base.end + 1)
    if quantity is None or quantity.value.by_clock:
        return base
    end = quantity.end
    if tokens.word(end) == "'" and tokens.word(end + 1) == "time":
        end += 2
    elif tokens.word(end) == "time":
        end += 1
    return Match(end, Shifted(base.value, quantity.value), FIRM, (*base.assumptions, *quantity.assumptions))
