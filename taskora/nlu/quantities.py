"""Lengths of time in a line: 3 days, 2w, an hour and a half, 1h 30m, half an hour, two business days."""

import datetime as dt
from dataclasses import dataclass, replace

from taskora.nlu.calendar_words import UNIT_LETTERS, UNITS, Unit
from taskora.nlu.candidates import Match
from taskora.nlu.numbers import number_at
from taskora.nlu.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Quantity:
    """A length of time. Months and days follow the calendar, workdays pass over Saturday and Sunday, seconds elapse."""

    months: int = 0
    days: int = 0
    workdays: int = 0
    seconds: int = 0

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(
            self.months + other.months,
            self.days + other.days,
            self.workdays + other.workdays,
            self.seconds + other.seconds,
        )

    def __mul__(self, factor: int) -> "Quantity":
        return Quantity(self.months * factor, self.days * factor, self.workdays * factor, self.seconds * factor)

    @property
    def by_clock(self) -> bool:
        """Tell whether hours, minutes or seconds are part of it."""
        return self.seconds != 0

    @property
    def elapsed(self) -> dt.timedelta | None:
        """Return it as a duration, or None where its length depends on the calendar."""
        if self.months or self.workdays:
            return None
        return dt.timedelta(days=self.days, seconds=self.seconds)


ONE = {
    Unit.SECOND: Quantity(seconds=1),
    Unit.MINUTE: Quantity(seconds=60),
    Unit.HOUR: Quantity(seconds=3600),
    Unit.DAY: Quantity(days=1),
    Unit.WORKDAY: Quantity(workdays=1),
    Unit.WEEK: Quantity(days=7),
    Unit.FORTNIGHT: Quantity(days=14),
    Unit.MONTH: Quantity(months=1),
    Unit.QUARTER: Quantity(months=3),
    Unit.YEAR: Quantity(months=12),
    Unit.DECADE: Quantity(months=120),
}
_HALF = {
    Unit.MINUTE: Quantity(seconds=30),
    Unit.HOUR: Quantity(seconds=1800),
    Unit.DAY: Quantity(seconds=43200),
    Unit.WEEK: Quantity(days=4),
    Unit.FORTNIGHT: Quantity(days=7),
    Unit.MONTH: Quantity(days=15),
    Unit.QUARTER: Quantity(days=45),
    Unit.YEAR: Quantity(months=6),
    Unit.DECADE: Quantity(months=60),
}
_LARGEST = 100_000


def unit_at(tokens: Tokens, i: int, *, letters: bool = False) -> Match[Unit] | None:
    """Read a unit of time at `i`; with `letters`, also a single small letter (d, w, h, m)."""
    word = tokens.word(i)
    unit = UNITS.get(word) or (UNITS.get(word[:-2]) if word.endswith("'s") else None)
    if unit is not None:
        return Match(i + 1, unit)
    if word in {"business", "working", "work", "week"} and tokens.word(i + 1) in {"day", "days"}:
        return Match(i + 2, Unit.WORKDAY)
    if letters and word in UNIT_LETTERS and tokens[i].text == word:
        return Match(i + 1, UNIT_LETTERS[word])
    return None


def quantity_at(tokens: Tokens, i: int) -> Match[Quantity] | None:
    """Read a length of time at `i`, its parts joined by a space, a comma or `and`."""
    first = _part_at(tokens, i)
    if first is None:
        return None
    end, total, notes = first.end, first.value, first.assumptions
    while (more := _next_part_at(tokens, end, total)) is not None:
        end, total = more.end, total + more.value
    return Match(end, total, assumptions=notes) if tokens.closes(end) else None


def _next_part_at(tokens: Tokens, i: int, so_far: Quantity) -> Match[Quantity] | None:
    """Read a further, smaller part: `30m` in 1h 30m, `30` in 1h30, `and 3 hours` in 2 days and 3 hours."""
    j = i + 1 if tokens.word(i) in {"and", ",", "&"} else i
    part = _part_at(tokens, j)
    if part is None:
        bare = tokens.number(i)
        if tokens.glued(i) and tokens.word(i - 1) == "h" and 0 <= bare < 60 and tokens.closes(i + 1):
            return Match(i + 1, Quantity(seconds=60 * bare))
        return None
    return part if _rank(part.value) < _rank(so_far) else None


def _rank(quantity: Quantity) -> int:
    """Return the size of the smallest unit in use, so that parts are read from large to small only."""
    if quantity.seconds:
        return 1 if quantity.seconds % 60 else 2 if quantity.seconds % 3600 else 3
    return 4 if quantity.days % 7 or quantity.workdays else 5 if quantity.days else 6 if quantity.months % 12 else 7


def _part_at(tokens: Tokens, i: int) -> Match[Quantity] | None:
    return _fraction_at(tokens, i) or _counted_at(tokens, i)


def _counted_at(tokens: Tokens, i: int) -> Match[Quantity] | None:
    count = number_at(tokens, i, article=True)
    if count is None or count.value > _LARGEST:
        return None
    digits = tokens.number(i) >= 0
    end = count.end
    half = False
    tenths = 0
    if digits and tokens.word(end) in {".", ","} and tokens.glued(end) and tokens.glued(end + 1):
        if tokens.number(end + 1) < 0 or len(tokens.word(end + 1)) > 2:
            return None
        tenths = int(f"{tokens.word(end + 1):0<2}")
        end += 2
    elif _and_a_half(tokens, end):
        half, end = True, end + 3
    unit = unit_at(tokens, end, letters=digits)
    if unit is None or (tokens.glued(end) and not digits):
        return None
    return _sized(tokens, count, unit, half=half, hundredths=tenths)


def _and_a_half(tokens: Tokens, i: int) -> bool:
    return tokens.words[i + 1 : i + 3] == ("a", "half") and tokens.word(i) in {"and", "n", "&"}


def _sized(
    tokens: Tokens, count: Match[int], unit: Match[Unit], *, half: bool, hundredths: int
) -> Match[Quantity] | None:
    """Multiply a unit, with `and a half` before or after it, or a decimal fraction."""
    end = unit.end
    if _and_a_half(tokens, end):
        half, end = True, end + 3
    total = ONE[unit.value] * count.value
    if half or hundredths == 50:
        if unit.value not in _HALF:
            return None
        total += _HALF[unit.value]
    elif hundredths:
        fraction = ONE[unit.value]
        if not fraction.seconds:
            return None
        total += replace(fraction, seconds=fraction.seconds * hundredths // 100)
    return Match(end, total, assumptions=count.assumptions)


def _fraction_at(tokens: Tokens, i: int) -> Match[Quantity] | None:
    """Read half an hour, a half hour, half a day, a quarter of an hour, three quarters of an hour."""
    words = [tokens.word(i + step) for step in range(5)]
    start = 1 if words[0] in {"a", "an"} else 0
    if words[start] == "half":
        skip = start + (2 if words[start + 1] in {"a", "an"} else 1)
        unit = unit_at(tokens, i + skip)
        return Match(unit.end, _HALF[unit.value]) if unit and unit.value in _HALF else None
    if words[start] == "quarter" and words[start + 1] in {"of", "hour"}:
        return _quarters_at(tokens, i + start + 1, 1)
    if words[:2] in (["three", "quarters"], ["3", "quarters"]):
        return _quarters_at(tokens, i + 2, 3)
    return None


def _quarters_at(tokens: Tokens, i: int, count: int) -> Match[Quantity] | None:
    while tokens.word(i) in {"of", "an", "a"}:
        i += 1
    return Match(i + 1, Quantity(seconds=900 * count)) if tokens.word(i) == "hour" else None
