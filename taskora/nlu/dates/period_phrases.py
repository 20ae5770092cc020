"""Dates that are a place in a period: next week, end of month, mid january, first monday of december, eom."""

from taskora.nlu.calendar_words import MONTHS, WEEKDAYS
from taskora.nlu.candidates import FIRM, PLAIN, SHAKY, Match
from taskora.nlu.dates.absolute import month_at, year_at
from taskora.nlu.dates.expressions import DateExpression, Day, InPeriod, Place
from taskora.nlu.dates.periods import Middle, NthDay, NthWeekday, OnWeekday, Period, Stretch, WeekEnd
from taskora.nlu.dates.weeks import LaterThis, Weekend
from taskora.nlu.numbers import ordinal_at
from taskora.nlu.tokens import Tokens

THIS = frozenset(("this", "current"))
NEXT = frozenset(("next", "nxt", "coming", "following", "upcoming"))
STRETCHES = {
    "day": Stretch.DAY,
    "today": Stretch.DAY,
    "week": Stretch.WEEK,
    "wk": Stretch.WEEK,
    "month": Stretch.MONTH,
    "quarter": Stretch.QUARTER,
    "qtr": Stretch.QUARTER,
    "year": Stretch.YEAR,
    "yr": Stretch.YEAR,
}
_STARTS = frozenset(("start", "beginning", "begin", "top"))
_ENDS = frozenset(("end", "close"))
_WORKDAYS = frozenset(range(5))
_FIRST, _LAST = NthDay(1), NthDay(-1)
_WORK_WEEK_END, _WEEK_MONDAY = OnWeekday(4), OnWeekday(0)
_SATURDAY = OnWeekday(5)


def period_at(tokens: Tokens, i: int) -> Match[Period] | None:
    """Read a period: the month, next week, december 2027, q2, the week after next, 2027."""
    if tokens.word(i) == "the":
        i += 1
    word = tokens.word(i)
    if word in THIS or word in NEXT:
        stretch = STRETCHES.get(tokens.word(i + 1))
        if stretch and tokens.closes(i + 2):
            return Match(i + 2, Period(stretch, 0 if word in THIS else 1))
        month = month_at(tokens, i + 1)
        return (
            Match(month.end, Period(Stretch.MONTH, index=month.value)) if month and tokens.closes(month.end) else None
        )
    if word in STRETCHES and tokens.closes(i + 1):
        after_next = (tokens.word(i + 1), tokens.word(i + 2)) == ("after", "next") and tokens.closes(i + 3)
        return (
            Match(i + 3, Period(STRETCHES[word], 2))
            if after_next
            else Match(i + 1, Period(STRETCHES[word], coming=True))
        )
    return _named_period_at(tokens, i)


def _named_period_at(tokens: Tokens, i: int) -> Match[Period] | None:
    month = month_at(tokens, i)
    quarter = tokens.number(i + 1) if tokens.word(i) == "q" and tokens.glued(i + 1) else 0
    if month:
        period, end = Period(Stretch.MONTH, index=month.value), month.end
    elif 1 <= quarter <= 4:
        period, end = Period(Stretch.QUARTER, index=quarter), i + 2
    else:
        year = year_at(tokens, i)
        return Match(year.end, Period(Stretch.YEAR, year=year.value)) if year else None
    year = year_at(tokens, end + 1 if tokens.word(end) in {",", "of"} else end)
    if year:
        return Match(year.end, Period(period.stretch, index=period.index, year=year.value))
    if (tokens.word(end), tokens.word(end + 1)) == ("next", "year"):
        return Match(end + 2, Period(period.stretch, offset=1, index=period.index))
    return Match(end, period) if tokens.closes(end) else None


def whole_period_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a period that stands for one of its days: next week (Monday), next month (its 1st), this week (its end)."""
    period = period_at(tokens, i)
    if period is None or period.value.stretch is Stretch.DAY:
        return None
    value = period.value
    if value.coming:
        return None
    text = tokens.slice(i, period.end)
    if value.index is not None or value.year is not None:
        sure = value.year is not None and value.index is not None
        told = sure or tokens.word(i) in NEXT or tokens.word(i) in THIS or value.offset
        return Match(period.end, InPeriod(value, _FIRST), FIRM if sure else PLAIN if told else SHAKY)
    if value.offset == 0:
        return Match(period.end, InPeriod(value, end_of(value), text), PLAIN)
    return Match(period.end, InPeriod(value, _WEEK_MONDAY if value.stretch is Stretch.WEEK else _FIRST), PLAIN)


def end_of(period: Period) -> Place:
    """Return the place of a period's end: the Sunday of a week, the last day of anything else."""
    return WeekEnd() if period.stretch is Stretch.WEEK else _LAST


def weekend_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read this weekend, next weekend, the weekend, the weekend after next: its Saturday."""
    the = tokens.word(i) == "the"
    j = i + 1 if the else i
    which = tokens.word(j)
    if which in THIS or which in NEXT:
        j += 2 if tokens.word(j + 1) in {"coming", "upcoming"} else 1
    if tokens.word(j) == "week" and tokens.word(j + 1) == "end" and not tokens.glued(j + 1):
        j += 1
    elif tokens.word(j) != "weekend":
        return None
    if not tokens.closes(j + 1):
        return None
    if (tokens.word(j + 1), tokens.word(j + 2)) == ("after", "next"):
        return Match(j + 3, InPeriod(Period(Stretch.WEEK, 2), _SATURDAY))
    offset = 1 if which in NEXT and which != "coming" else 0
    score = FIRM if which in THIS or which in NEXT else SHAKY
    return Match(j + 1, Weekend(offset), score)


def edge_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read the end, start or middle of a period: end of the month, beginning of june, middle of next week, mid january."""
    j = i + 1 if tokens.word(i) == "the" else i
    word = tokens.word(j)
    if word in {"mid", "middle", "early", "late", "later"}:
        return _part_of_period_at(tokens, j, word)
    if word in STRETCHES:
        end = j + 2 if tokens.word(j + 1) == "-" else j + 1
        reads = tokens.word(end) == "end" and tokens.closes(end + 1) and word not in {"week", "wk"}
        return Match(end + 1, InPeriod(Period(STRETCHES[word]), _LAST), PLAIN) if reads else None
    if word not in _STARTS and word not in _ENDS:
        return None
    j += 1
    if tokens.word(j) == "of":
        j += 1
    elif tokens.word(j) not in STRETCHES and tokens.word(j) not in MONTHS:
        return None
    if word in _ENDS and tokens.word(j) in {"business", "play"}:
        return Match(j + 1, Day(0), FIRM)
    return _edge_of_period(tokens, j, start=word in _STARTS)


def _edge_of_period(tokens: Tokens, j: int, *, start: bool) -> Match[DateExpression] | None:
    work = (tokens.word(j), tokens.word(j + 1)) in {("work", "week"), ("working", "week"), ("business", "week")}
    if (tokens.word(j), tokens.word(j + 1)) == ("the", "work"):
        work, j = True, j + 1
    period = Match(j + 2, Period(Stretch.WEEK, coming=True)) if work else period_at(tokens, j)
    if period is None:
        return None
    value = period.value
    if value.stretch is Stretch.DAY:
        return None if start else Match(period.end, Day(value.offset))
    if not start:
        place = _WORK_WEEK_END if work else end_of(value)
        fixed = Period(value.stretch, value.offset, value.index, value.year, coming=work and value.coming)
        return Match(period.end, InPeriod(fixed, place))
    place = _WEEK_MONDAY if value.stretch is Stretch.WEEK else _FIRST
    return Match(period.end, InPeriod(value, place))


def _part_of_period_at(tokens: Tokens, i: int, word: str) -> Match[DateExpression] | None:
    j = i + 1
    if tokens.word(j) in {"-", "of"}:
        j += 1
    if word == "later" and tokens.word(j) == "today":
        return Match(j + 1, Day(0))
    period = period_at(tokens, j)
    if period is None or period.value.stretch is Stretch.DAY:
        return None
    week = period.value.stretch is Stretch.WEEK
    note = "" if word in {"mid", "middle"} else tokens.slice(i, period.end)
    places: dict[str, Place] = {
        "mid": Middle(),
        "middle": Middle(),
        "early": _WEEK_MONDAY if week else _FIRST,
        "late": OnWeekday(4) if week else NthDay(-6),
    }
    if word == "later":
        if period.value.index is not None:
            return None
        if period.value.offset:
            return Match(period.end, InPeriod(period.value, Middle(), note)) if week else None
        return Match(period.end, LaterThis(period.value, note))
    return Match(period.end, InPeriod(period.value, places[word], note))


def nth_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read the nth day of a period: first monday of december, last day of february, 15th of next month."""
    j = i + 1 if tokens.word(i) == "the" else i
    nth = ordinal_at(tokens, j)
    if nth is None:
        return None
    nth = _from_the_end(tokens, nth)
    place = _nth_place_at(tokens, nth.end, nth.value)
    j = place.end
    joined = tokens.word(j) in {"of", "in"}
    bare_day = j == nth.end and tokens.word(j) in MONTHS
    if not joined and (bare_day or not _may_follow(tokens, j)):
        return None
    period = period_at(tokens, j + 1 if joined else j)
    if period is None or period.value.stretch is Stretch.DAY:
        return None
    note = tokens.slice(i, period.end) if tokens.word(nth.end) == "week" else ""
    return Match(period.end, InPeriod(period.value, place.value, note))


def _from_the_end(tokens: Tokens, nth: Match[int]) -> Match[int]:
    """Read `second to last` and `second last` as counted from the end."""
    j = nth.end
    while tokens.word(j) in {"-", "to"}:
        j += 1
    return Match(j + 1, -nth.value) if nth.value > 0 and tokens.word(j) == "last" else nth


def _may_follow(tokens: Tokens, j: int) -> bool:
    return tokens.word(j) in MONTHS or tokens.word(j) in THIS or tokens.word(j) in NEXT


def _nth_place_at(tokens: Tokens, j: int, nth: int) -> Match[Place]:
    word = tokens.word(j)
    if word in WEEKDAYS:
        return Match(j + 1, NthWeekday(nth, frozenset((WEEKDAYS[word],))))
    if word in {"weekday", "workday"} or (word in {"business", "working", "work"} and tokens.word(j + 1) == "day"):
        return Match(j + 1 if word in {"weekday", "workday"} else j + 2, NthWeekday(nth, _WORKDAYS))
    if word == "weekend":
        return Match(j + 1, NthWeekday(nth, frozenset((5,))))
    if word == "week":
        return Match(j + 1, NthWeekday(nth, frozenset((0,))))
    if word == "day":
        return Match(j + 1, NthDay(nth))
    return Match(j, NthDay(nth))


PERIOD_TOKENS: dict[str, DateExpression] = {
    "sow": InPeriod(Period(Stretch.WEEK, 1), _WEEK_MONDAY),
    "soww": InPeriod(Period(Stretch.WEEK, 1), _WEEK_MONDAY),
    "sonw": InPeriod(Period(Stretch.WEEK, 1), _WEEK_MONDAY),
    "eow": InPeriod(Period(Stretch.WEEK), WeekEnd()),
    "eoww": InPeriod(Period(Stretch.WEEK, coming=True), _WORK_WEEK_END),
    "eonw": InPeriod(Period(Stretch.WEEK, 1), WeekEnd()),
    "som": InPeriod(Period(Stretch.MONTH, 1), _FIRST),
    "eom": InPeriod(Period(Stretch.MONTH), _LAST),
    "eonm": InPeriod(Period(Stretch.MONTH, 1), _LAST),
    "soq": InPeriod(Period(Stretch.QUARTER, 1), _FIRST),
    "eoq": InPeriod(Period(Stretch.QUARTER), _LAST),
    "soy": InPeriod(Period(Stretch.YEAR, 1), _FIRST),
    "eoy": InPeriod(Period(Stretch.YEAR), _LAST),
    "eod": Day(0),
    "cob": Day(0),
    "sod": Day(1),
    "midweek": InPeriod(Period(Stretch.WEEK, coming=True), Middle()),
}


def token_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a short token for a period's edge: eom, sow, eoy, midweek."""
    found = PERIOD_TOKENS.get(tokens.word(i))
    return Match(i + 1, found) if found is not None and tokens.closes(i + 1) else None
