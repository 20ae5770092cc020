"""Dates that say which day of which month: jan 27, 27th of january 2027, the 5th, 1/27, 2027-01-27, christmas."""

from dataclasses import replace

from taskora.nlu.calendar_words import MONTHS, WEEKDAYS
from taskora.nlu.candidates import FIRM, PLAIN, SHAKY, Match
from taskora.nlu.company import NUMBERED
from taskora.nlu.dates.expressions import DateExpression, DayOfMonth, MonthDay, Named, Numeric
from taskora.nlu.dates.named import LONGEST_NAME, NAME_STARTS, NAMED_DAYS
from taskora.nlu.numbers import ORDINALS, number_at, ordinal_at
from taskora.nlu.tokens import Tokens
from taskora.nlu.wordlists import word_set

_VERBS_TOO = frozenset(("may", "march", "mar"))
_FRACTIONS = frozenset(((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 8), (3, 8), (5, 8), (7, 8)))
_PORTIONED = frozenset(("of", "cup", "cups", "inch", "tsp", "tbsp", '"'))
_EVENT = (9, 11)
_AT = frozenset(("at", "@"))
_VERSIONED = word_set("version no number nr form part page route psalm verse")


def year_at(tokens: Tokens, i: int) -> Match[int] | None:
    """Read a year of four digits at `i`."""
    value = tokens.number(i)
    return Match(i + 1, value) if 1970 <= value <= 2199 and len(tokens.word(i)) == 4 and tokens.closes(i + 1) else None


def _optional_year(tokens: Tokens, i: int) -> tuple[int | None, int]:
    """Return a year that follows, after a comma or `of` at most, and where reading goes on."""
    j = i + 1 if tokens.word(i) in {",", "of", "in"} else i
    year = year_at(tokens, j)
    return (year.value, year.end) if year else (None, i)


def month_at(tokens: Tokens, i: int) -> Match[int] | None:
    """Read the name of a month at `i`, with the full stop of a short form."""
    month = MONTHS.get(tokens.word(i))
    if month is None:
        return None
    dotted = tokens.word(i + 1) == "." and tokens.glued(i + 1) and i + 2 < len(tokens) and len(tokens.word(i)) <= 4
    return Match(i + 2 if dotted else i + 1, month)


def month_day_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a month and its day: jan 27, march the third, december 25th 2027."""
    month = month_at(tokens, i)
    if month is None:
        return None
    j = month.end
    if tokens.word(j) in {"-", "/"} and tokens.glued(j):
        j += 1
    if tokens.word(j) == "the":
        j += 1
    day = ordinal_at(tokens, j)
    bare = number_at(tokens, j) if day is None else None
    found = day or (bare if tokens.number(j) >= 0 else None)
    if found is None or not 0 < found.value <= 99 or not _ends_day(tokens, found.end):
        return None
    year, end = _optional_year(tokens, found.end)
    sure = day is not None or year is not None or tokens.word(i) not in _VERBS_TOO
    return Match(end, MonthDay(month.value, found.value, year), FIRM if sure else PLAIN)


def _ends_day(tokens: Tokens, j: int) -> bool:
    """Tell whether a day number may end before `j`: not the hour of 5pm or 5:30."""
    minutes = tokens.word(j) == ":" and tokens.glued(j) and tokens.glued(j + 1)
    return tokens.closes(j) and not minutes and tokens.word(j) not in {"am", "pm"}


def day_month_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a day and its month: 27 jan, the 27th of january, 27-jan-2027, first of december."""
    day = ordinal_at(tokens, i) or number_at(tokens, i)
    if day is None or not 0 < day.value <= 99 or tokens.word(i - 1) in _AT:
        return None
    j = day.end
    if tokens.word(j) == "." and tokens.glued(j):
        j += 1
    if tokens.word(j) in {"of", "-", "/"}:
        j += 1
    month = month_at(tokens, j)
    numbered = tokens.word(i - 1) in NUMBERED and (tokens.word(j - 1) == "of" or tokens.word(j) in _VERBS_TOO)
    if month is None or numbered:
        return None
    j = month.end
    if tokens.number(day.end - 1) >= 0 and 0 < tokens.number(j) <= 31 and _ends_day(tokens, j + 1):
        return None  # read chapter 5 dec 12
    if tokens.word(j) in {"-", "/"} and tokens.glued(j) and year_at(tokens, j + 1):
        j += 1
    year, end = _optional_year(tokens, j)
    return Match(end if year else month.end, MonthDay(month.value, day.value, year))


def day_of_month_at(tokens: Tokens, i: int) -> Match[DayOfMonth] | None:
    """Read a day of the month alone: 27th, the 5th, the first, the 27."""
    the = tokens.word(i) == "the"
    j = i + 1 if the else i
    day = ordinal_at(tokens, j)
    if day is None:
        bare = tokens.number(j)
        if the and 0 < bare <= 31 and _ends_day(tokens, j + 1):
            return Match(j + 1, DayOfMonth(bare), SHAKY)
        return None
    in_words = tokens.word(j) in ORDINALS or tokens.number(j) < 0
    if not tokens.closes(day.end) or not 0 < day.value < 100 or (in_words and not the):
        return None
    return Match(day.end, DayOfMonth(day.value), SHAKY if in_words else PLAIN)


def numeric_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a date in digits: 2027-01-27, 1/27, 27.01.2027, 12-25-07."""
    first, mark, second = tokens.number(i), tokens.word(i + 1), tokens.number(i + 2)
    if first < 0 or second < 0 or mark not in {"/", "-", "."} or not (tokens.glued(i + 1) and tokens.glued(i + 2)):
        return None
    third = tokens.number(i + 4) if tokens.word(i + 3) == mark and tokens.glued(i + 3) and tokens.glued(i + 4) else -1
    end = i + 5 if third >= 0 else i + 3
    if not tokens.closes(end) and not (tokens.word(end) == "t" and len(tokens.word(i)) == 4):
        return None
    lengths = [len(tokens.word(i)), len(tokens.word(i + 2)), len(tokens.word(i + 4)) if third >= 0 else 0]
    text = tokens.slice(i, end)
    if third >= 0:
        return _with_year(end, (first, second, third), lengths, text)
    impossible = max(first, second) > 39 or (mark == "-" and min(first, second) > 12)  # pages 14-20
    if max(lengths) > 2 or not (first > 0 and second > 0) or impossible:
        return None
    if mark == ".":
        return _dotted(tokens, end, first, second, text)
    part_of = (first, second) in _FRACTIONS and tokens.word(end) in _PORTIONED
    shaky = mark == "-" or part_of or (first, second) == _EVENT or tokens.word(i - 1) in _VERSIONED
    return Match(end, Numeric(first, second, None, text), SHAKY if shaky else PLAIN)


def _dotted(tokens: Tokens, end: int, first: int, second: int, text: str) -> Match[DateExpression] | None:
    """Read 27.1 and 27.1. (the second full stop makes it a date); 12.50 and 2.99 are prices."""
    if max(first, second) > 31 or min(first, second) > 12:
        return None
    closed = tokens.word(end) == "." and tokens.glued(end)
    return Match(
        end + 1 if closed else end, Numeric(first, second, None, text), PLAIN if closed and first > 12 else SHAKY
    )


def _with_year(end: int, parts: tuple[int, int, int], lengths: list[int], text: str) -> Match[DateExpression] | None:
    first, second, third = parts
    if lengths[0] == 4 and max(lengths[1:]) <= 2:
        return Match(end, MonthDay(second, third, first))
    if max(lengths[:2]) <= 2 and lengths[2] in {2, 4} and first and second:
        year = third if lengths[2] == 4 else third + (2000 if third < 70 else 1900)
        return Match(end, Numeric(first, second, year, text, short_year=third if lengths[2] == 2 else None))
    return None


def named_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a day with a name, perhaps with a year: christmas, new year's eve, easter monday 2027."""
    if tokens.word(i) not in NAME_STARTS:
        return None
    for length in range(min(LONGEST_NAME, len(tokens) - i), 0, -1):
        find = NAMED_DAYS.get(tokens.words[i : i + length])
        if find is not None and tokens.closes(i + length):
            year, end = _optional_year(tokens, i + length)
            return Match(end, Named(find, year), FIRM if year else PLAIN)
    return None


def with_weekday_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a date behind its weekday: friday nov 27, fri, 27 nov, friday the 13th, tue 12/1."""
    weekday = WEEKDAYS.get(tokens.word(i))
    if weekday is None:
        return None
    j = i + 1
    while tokens.word(j) in {",", "."} and tokens.glued(j):
        j += 1
    if tokens.word(j) == "on":
        j += 1
    the = j + 1 if tokens.word(j) == "the" else j
    date = month_day_at(tokens, j) or day_month_at(tokens, the) or numeric_at(tokens, j) or day_of_month_at(tokens, j)
    if date is None:
        return None
    match date.value:
        case MonthDay(month, day, year):
            return Match(date.end, MonthDay(month, day, year, weekday))
        case Numeric(year=year, text=text) if year is not None or "/" in text:
            return Match(date.end, replace(date.value, weekday=weekday))
        case DayOfMonth(day):
            return Match(date.end, DayOfMonth(day, weekday))
    return None
