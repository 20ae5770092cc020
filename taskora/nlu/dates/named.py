"""Days that have a name: fixed ones, those that hang on Easter (Gregorian computus) and those that are an nth weekday."""

import datetime as dt
from collections.abc import Callable

DayOfYear = Callable[[int], dt.date]


def easter(year: int) -> dt.date:
    """Return Easter Sunday of a Gregorian year (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def _fixed(month: int, day: int) -> DayOfYear:
    return lambda year: dt.date(year, month, day)


def _from_easter(days: int) -> DayOfYear:
    return lambda year: easter(year) + dt.timedelta(days=days)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date | None:
    """Return the nth weekday of a month, counted from its end for a negative nth; None where the month has none."""
    first = dt.date(year, month, 1)
    if nth > 0:
        found = first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        following = dt.date(year + month // 12, month % 12 + 1, 1)
        found = following - dt.timedelta(days=(following.weekday() - weekday - 1) % 7 + 1 - 7 * (nth + 1))
    return found if found.month == month and found.year == year else None


def _nth(month: int, weekday: int, nth: int, plus: int = 0) -> DayOfYear:
    def find(year: int) -> dt.date:
        found = nth_weekday(year, month, weekday, nth)
        if found is None:
            raise ValueError("every month has four of each weekday")
        return found + dt.timedelta(days=plus)

    return find


_ROWS: tuple[tuple[str, DayOfYear], ...] = (
    ("new year|new years|new year's|new year's day|new years day|new year day", _fixed(1, 1)),
    ("new year's eve|new years eve|new year eve|nye", _fixed(12, 31)),
    ("epiphany|three kings day", _fixed(1, 6)),
    ("mlk day|martin luther king day", _nth(1, 0, 3)),
    ("groundhog day", _fixed(2, 2)),
    ("valentine|valentines|valentine's|valentine's day|valentines day|valentine day", _fixed(2, 14)),
    ("presidents day|president's day|presidents' day", _nth(2, 0, 3)),
    ("st patrick's day|st patricks day|st. patrick's day|saint patrick's day|saint patricks day", _fixed(3, 17)),
    ("april fools|april fools day|april fool's day|april fools' day", _fixed(4, 1)),
    ("earth day", _fixed(4, 22)),
    ("may the fourth|may the 4th|star wars day", _fixed(5, 4)),
    ("cinco de mayo", _fixed(5, 5)),
    ("mother's day|mothers day|mothers' day", _nth(5, 6, 2)),
    ("memorial day", _nth(5, 0, -1)),
    ("australia day|aus day", _fixed(1, 26)),
    ("burns night", _fixed(1, 25)),
    ("anzac day", _fixed(4, 25)),
    ("st george's day|st georges day", _fixed(4, 23)),
    ("canada day", _fixed(7, 1)),
    ("juneteenth", _fixed(6, 19)),
    ("father's day|fathers day|fathers' day", _nth(6, 6, 3)),
    ("independence day|fourth of july|4th of july", _fixed(7, 4)),
    ("bastille day", _fixed(7, 14)),
    ("labor day|labour day", _nth(9, 0, 1)),
    ("columbus day|indigenous peoples day", _nth(10, 0, 2)),
    ("halloween|hallowe'en", _fixed(10, 31)),
    ("all saints day|all saints' day|all hallows", _fixed(11, 1)),
    ("guy fawkes night|guy fawkes day|bonfire night", _fixed(11, 5)),
    ("veterans day|veteran's day|remembrance day|armistice day", _fixed(11, 11)),
    ("thanksgiving|thanksgiving day", _nth(11, 3, 4)),
    ("black friday", _nth(11, 3, 4, plus=1)),
    ("cyber monday", _nth(11, 3, 4, plus=4)),
    ("st nicholas day|saint nicholas day", _fixed(12, 6)),
    ("christmas eve|xmas eve|x-mas eve", _fixed(12, 24)),
    ("christmas|christmas day|xmas|xmas day|x-mas", _fixed(12, 25)),
    ("boxing day", _fixed(12, 26)),
    ("shrove tuesday|pancake day|mardi gras|fat tuesday", _from_easter(-47)),
    ("ash wednesday", _from_easter(-46)),
    ("palm sunday", _from_easter(-7)),
    ("maundy thursday", _from_easter(-3)),
    ("good friday|goodfriday", _from_easter(-2)),
    ("holy saturday", _from_easter(-1)),
    ("easter|easter sunday|easter day", _from_easter(0)),
    ("easter monday", _from_easter(1)),
    ("ascension day|ascension", _from_easter(39)),
    ("pentecost|whitsun|whit sunday", _from_easter(49)),
    ("whit monday|pentecost monday", _from_easter(50)),
    ("corpus christi", _from_easter(60)),
)

NAMED_DAYS: dict[tuple[str, ...], DayOfYear] = {}
"""The words of a name → the day in a year. Hyphens and apostrophes at a word's end are words of their own."""

for _forms, _day in _ROWS:
    for _form in _forms.split("|"):
        _words = _form.replace("-", " - ").replace(". ", " . ").replace("s' ", "s ' ").split()
        NAMED_DAYS[tuple(_words)] = _day

LONGEST_NAME = max(map(len, NAMED_DAYS))
NAME_STARTS = frozenset(words[0] for words in NAMED_DAYS)
