"""Dates counted from today: tomorrow, friday, next tue, in 3 days, +5 days, 2w, a fortnight from now."""

from taskora.nlu.calendar_words import WEEKDAYS, Unit
from taskora.nlu.candidates import FIRM, PLAIN, SHAKY, Match
from taskora.nlu.dates.absolute import day_of_month_at
from taskora.nlu.dates.expressions import DateExpression, Day, InPeriod, Shifted, Weekday, Which
from taskora.nlu.dates.period_phrases import NEXT, PERIOD_TOKENS, THIS, period_at
from taskora.nlu.dates.periods import NthDay, OnWeekday, Stretch
from taskora.nlu.dates.weeks import WeekOf
from taskora.nlu.numbers import number_at
from taskora.nlu.quantities import ONE, Quantity, quantity_at, unit_at
from taskora.nlu.tokens import TokenKind, Tokens

_TODAY = "today tod tdy"
_TOMORROW = "tomorrow tmr tmrw tmw tmrrw tmorrow tomoz tomo tmro tmoro morrow"
DAY_WORDS = (
    {word: Day(0) for word in _TODAY.split()}
    | {word: Day(1) for word in _TOMORROW.split()}
    | {"overmorrow": Day(2), "yesterday": Day(-1), "yday": Day(-1)}
)
"""Word → day. `tom` is a name as well and stands on its own."""

_SHAKY_WEEKDAYS = frozenset(("sat", "sun"))
_HENCE = frozenset(("hence", "away", "out"))
_AGO = frozenset(("ago",))


def day_word_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read today, tomorrow, tmr, the day after tomorrow, 2morrow, tom."""
    word = tokens.word(i)
    if word == "2" and tokens.glued(i + 1) and tokens.word(i + 1) in {"morrow", "moro", "morro", "day"}:
        return Match(i + 2, Day(0 if tokens.word(i + 1) == "day" else 1))
    if word == "tom":
        return Match(i + 1, Day(1), SHAKY) if not tokens[i].capitalised else None
    j = i + 1 if word == "the" else i
    if tokens.word(j) == "day" and tokens.word(j + 1) in {"after", "before"}:
        named = DAY_WORDS.get(tokens.word(j + 2)) or (Day(1) if tokens.word(j + 2) == "tom" else None)
        if named:
            return Match(j + 3, Day(named.offset + (1 if tokens.word(j + 1) == "after" else -1)))
    found = DAY_WORDS.get(word)
    if found is None:
        return None
    return Match(i + 1, found, PLAIN if found.offset < 0 else FIRM)


def weekday_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a weekday with what stands around it: fri, next friday, monday next week, friday week, fri in 2 weeks."""
    j, which = i, Which.BARE
    if tokens.word(j) == "the":
        j += 1
    word = tokens.word(j)
    if word in NEXT or word in THIS or word == "last":
        coming = word in THIS or word in {"coming", "upcoming"}
        which = Which.LAST if word == "last" else Which.THIS if coming else Which.NEXT
        j += 1
        if which is Which.THIS and tokens.word(j) in {"coming", "next", "upcoming"}:
            which, j = Which.BARE, j + 1
    day = WEEKDAYS.get(tokens.word(j))
    if day is None or not tokens.closes(j + 1):
        return None
    if which is Which.BARE:
        return _weekday_of_week_at(tokens, j, day)
    return Match(j + 1, Weekday(day, which), SHAKY if which is Which.LAST else FIRM)


def _weekday_of_week_at(tokens: Tokens, i: int, day: int) -> Match[DateExpression]:
    """Read what follows a weekday: next week, of this week, after next, week."""
    j = i + 1
    if (tokens.word(j), tokens.word(j + 1)) == ("after", "next"):
        return Match(j + 2, Weekday(day, Which.NEXT, 1))
    if tokens.word(j) == "week" and tokens.closes(j + 1):
        return Match(j + 1, Weekday(day, weeks=1), PLAIN)
    if tokens.word(j) == "fortnight" and tokens.closes(j + 1):
        return Match(j + 1, Weekday(day, weeks=2), PLAIN)
    if tokens.word(j) in {"of", "in"}:
        j += 1
    period = period_at(tokens, j)
    if period and period.value.stretch is Stretch.WEEK and not period.value.coming:
        return Match(period.end, InPeriod(period.value, OnWeekday(day)))
    return Match(i + 1, Weekday(day), SHAKY if tokens.word(i) in _SHAKY_WEEKDAYS else PLAIN)


def sum_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a sum of a short word and a length of time, without spaces: eom+3d, tomorrow+1w, fri-2d."""
    sign, word = tokens.word(i + 1), tokens.word(i)
    if sign not in {"+", "-"} or not (tokens.glued(i + 1) and tokens.glued(i + 2)) or tokens.number(i + 2) < 0:
        return None
    base = PERIOD_TOKENS.get(word) or DAY_WORDS.get(word) or (Weekday(WEEKDAYS[word]) if word in WEEKDAYS else None)
    quantity = quantity_at(tokens, i + 2)
    if base is None or quantity is None or quantity.value.by_clock:
        return None
    return Match(quantity.end, Shifted(base, quantity.value * (1 if sign == "+" else -1)), FIRM)


def weekdays_ahead_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read two sundays from now: the second Sunday that comes."""
    number = number_at(tokens, i)
    word = tokens.word(number.end) if number else ""
    day = WEEKDAYS.get(word.removesuffix("s")) if word.endswith("days") else None
    end = _hence(tokens, number.end + 1) if number and day is not None else 0
    if not end or number is None or day is None or not 0 < number.value <= 52:
        return None
    return Match(end, Weekday(day, weeks=number.value - 1), FIRM)


def week_then_day_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read a week or month and then the day in it: next week on friday, next week friday, next month on the 5th."""
    period = period_at(tokens, i)
    if period is None or period.value.coming or period.value.index is not None or period.value.year is not None:
        return None
    j = period.end + 1 if tokens.word(period.end) in {"on", ","} else period.end
    if period.value.stretch is Stretch.MONTH:
        nth = day_of_month_at(tokens, j)
        return Match(nth.end, InPeriod(period.value, NthDay(nth.value.day))) if nth else None
    if period.value.stretch is not Stretch.WEEK:
        return None
    day = WEEKDAYS.get(tokens.word(j))
    return Match(j + 1, InPeriod(period.value, OnWeekday(day))) if day is not None and tokens.closes(j + 1) else None


def offset_at(tokens: Tokens, i: int) -> Match[DateExpression] | None:
    """Read an offset from now: in 3 days, +5 days, within two weeks, 3 days from now, in the next hour, next workday."""
    word = tokens.word(i)
    if word in {"in", "within", "+"}:
        return _ahead_at(tokens, i + 1, strict=word == "+")
    if word == "after":
        later = quantity_at(tokens, i + 1)
        by_clock = later is not None and later.value.by_clock and tokens.word(later.end) != "of"
        return Match(later.end, Shifted(Day(0), later.value), PLAIN) if later and by_clock else None
    if word in NEXT:
        unit = unit_at(tokens, i + 1)
        reads = unit is not None and unit.value in {Unit.WORKDAY, Unit.DAY} and tokens.closes(unit.end)
        return Match(unit.end, Shifted(Day(0), ONE[unit.value]), PLAIN) if unit and reads else None
    quantity = quantity_at(tokens, i)
    return _counted(tokens, quantity, digits=tokens.number(i) >= 0) if quantity else None


def _counted(tokens: Tokens, quantity: Match[Quantity], *, digits: bool) -> Match[DateExpression] | None:
    """Read what follows a length of time: from now, ago, or nothing, which counts only for days in digits."""
    after = _hence(tokens, quantity.end)
    if after:
        return Match(after, Shifted(Day(0), quantity.value), FIRM, quantity.assumptions)
    if tokens.word(quantity.end) in _AGO:
        return Match(quantity.end + 1, Shifted(Day(0), quantity.value * -1), SHAKY)
    ends = quantity.end >= len(tokens) or tokens[quantity.end].kind is TokenKind.PUNCT
    if not digits or quantity.value.by_clock or not (ends or tokens.word(quantity.end) == "at"):
        return None
    return Match(quantity.end, Shifted(Day(0), quantity.value), SHAKY)


def _ahead_at(tokens: Tokens, i: int, *, strict: bool) -> Match[DateExpression] | None:
    if tokens.word(i) in {"the", "about", "around", "approximately", "roughly", "exactly", "just", "another"}:
        i += 1
    if tokens.word(i) in NEXT and not strict:
        i += 1
    quantity = _either_at(tokens, i) or quantity_at(tokens, i)
    if quantity is None:
        unit = unit_at(tokens, i) if "the" in {tokens.word(i - 1), tokens.word(i - 2)} else None
        if unit is None or not tokens.closes(unit.end) or unit.value is Unit.QUARTER:
            return None
        quantity = Match(unit.end, ONE[unit.value])
    end, value = quantity.end, quantity.value
    end = _time_word(tokens, end)
    day = WEEKDAYS.get(tokens.word(end + 1)) if tokens.word(end) == "on" else None
    if day is not None and value.days and value.days % 7 == 0 and tokens.closes(end + 2):
        return Match(end + 2, WeekOf(Shifted(Day(0), value), day))
    return Match(end, Shifted(Day(0), value), FIRM, quantity.assumptions)


def _either_at(tokens: Tokens, i: int) -> Match[Quantity] | None:
    """Read 3 or 4 days, 2-3 weeks, and take the shorter."""
    first = number_at(tokens, i)
    second = number_at(tokens, first.end + 1) if first and tokens.word(first.end) in {"or", "-", "–", "to"} else None
    unit = unit_at(tokens, second.end) if second else None
    if first is None or second is None or unit is None or first.value >= second.value:
        return None
    note = f"took {tokens.slice(i, unit.end)} as {first.value} {tokens.slice(second.end, unit.end)}"
    return Match(unit.end, ONE[unit.value] * first.value, assumptions=(note,))


def _time_word(tokens: Tokens, end: int) -> int:
    """Pass over `time` or `from now` after an offset: in two weeks' time, in 3 days from now."""
    j = end + 1 if tokens.word(end) == "'" else end
    if tokens.word(j) == "time" and tokens.closes(j + 1):
        return j + 1
    if tokens.words[end : end + 2] == ("or", "so"):
        return end + 2
    return _hence(tokens, end) or end


def _hence(tokens: Tokens, end: int) -> int:
    """Return the index after `from now`, `from today` or `hence`; 0 without one."""
    if tokens.word(end) == "from" and tokens.word(end + 1) in {"now", "today"} and tokens.closes(end + 2):
        return end + 2
    return end + 1 if tokens.word(end) in _HENCE and tokens.closes(end + 1) else 0
