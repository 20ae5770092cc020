"""Days of a year in a rule: jan 27th; 14 jan, 14 apr; 4th of july; 1st wed jan; in june and december; christmas."""

from taskora.nlu.calendar_words import MONTHS
from taskora.nlu.candidates import Match
from taskora.nlu.dates.today import day_of
from taskora.nlu.numbers import ordinal_at
from taskora.nlu.rules.phrase import Freq, Part
from taskora.nlu.rules.places import place_at
from taskora.nlu.rules.vocabulary import FOR_LISTS, THE
from taskora.nlu.tokens import Tokens

_MOST = 12
_A_LEAP_YEAR = 2028
_HOLIDAYS: dict[str, Part] = {
    "new year's eve|new years eve|new year eve": Part(Freq.YEARLY, months=(12,), month_days=(31,)),
    "new year's day|new years day|new year's|new years|new year": Part(Freq.YEARLY, months=(1,), month_days=(1,)),
    "valentine's day|valentines day|valentine's|valentines|valentine": Part(Freq.YEARLY, months=(2,), month_days=(14,)),
    "st patrick's day|st patricks day": Part(Freq.YEARLY, months=(3,), month_days=(17,)),
    "april fools|april fool's day|april fools day": Part(Freq.YEARLY, months=(4,), month_days=(1,)),
    "mother's day|mothers day": Part(Freq.YEARLY, months=(5,), weekdays=((2, 6),)),
    "memorial day": Part(Freq.YEARLY, months=(5,), weekdays=((-1, 0),)),
    "father's day|fathers day": Part(Freq.YEARLY, months=(6,), weekdays=((3, 6),)),
    "independence day": Part(Freq.YEARLY, months=(7,), month_days=(4,)),
    "labor day|labour day": Part(Freq.YEARLY, months=(9,), weekdays=((1, 0),)),
    "halloween|hallowe'en": Part(Freq.YEARLY, months=(10,), month_days=(31,)),
    "thanksgiving day|thanksgiving": Part(Freq.YEARLY, months=(11,), weekdays=((4, 3),)),
    "christmas eve|xmas eve": Part(Freq.YEARLY, months=(12,), month_days=(24,)),
    "christmas day|christmas|xmas": Part(Freq.YEARLY, months=(12,), month_days=(25,)),
    "boxing day": Part(Freq.YEARLY, months=(12,), month_days=(26,)),
}
_BY_FIRST_WORD: dict[str, list[tuple[tuple[str, ...], Part]]] = {}
for _names, _part in _HOLIDAYS.items():
    for _name in _names.split("|"):
        _words = tuple(_name.split())
        _BY_FIRST_WORD.setdefault(_words[0], []).append((_words, _part))


def days_of_year_at(tokens: Tokens, i: int) -> Match[tuple[Part, ...]] | None:
    """Read a list of days of the year. Raises InvalidField for a day that no year has (30 February)."""
    first = _day_of_year_at(tokens, i)
    if first is None:
        return None
    end, parts = first.end, [first.value]
    for _ in range(_MOST):
        j = end
        while tokens.word(j) in FOR_LISTS or (j > end and tokens.word(j) in {"on", "every"}):
            j += 1
        following = _day_of_year_at(tokens, j) if j > end else None
        if following is None or not tokens.closes(following.end):
            return Match(end, _joined(parts))
        parts.append(following.value)
        end = following.end
    return Match(end, _joined(parts))


def months_at(tokens: Tokens, i: int) -> Match[tuple[int, ...]] | None:
    """Read a list of months: june; june and december; from june to august is june-august."""
    month = MONTHS.get(tokens.word(i))
    if month is None:
        return None
    end, months = i + 1, [month]
    for _ in range(_MOST):
        j = end
        is_range = tokens.word(j) in {"-", "–", "to", "through", "thru"}
        j += is_range
        while tokens.word(j) in FOR_LISTS:
            j += 1
        following = MONTHS.get(tokens.word(j))
        if following is None:
            return Match(end, tuple(sorted(set(months))))
        if is_range:
            months += [(months[-1] + step - 1) % 12 + 1 for step in range(1, (following - months[-1]) % 12)]
        months.append(following)
        end = j + 1
    return Match(end, tuple(sorted(set(months))))


def holiday_at(tokens: Tokens, i: int) -> Match[Part] | None:
    """Read a day with a name that a yearly rule can express (not Easter and what hangs on it)."""
    for words, part in _BY_FIRST_WORD.get(tokens.word(i), ()):
        if tokens.words[i : i + len(words)] == words:
            return Match(i + len(words), part)
    return None


def _day_of_year_at(tokens: Tokens, i: int) -> Match[Part] | None:
    i = i + 1 if tokens.word(i) in THE else i
    return _month_first_at(tokens, i) or _place_first_at(tokens, i) or holiday_at(tokens, i)


def _month_first_at(tokens: Tokens, i: int) -> Match[Part] | None:
    month = MONTHS.get(tokens.word(i))
    if month is None:
        return None
    j = i + 1 if tokens.word(i + 1) not in {".", "on"} else i + 2
    j = j + 1 if tokens.word(j) in THE else j
    day = ordinal_at(tokens, j)
    number = tokens.number(j)
    if day is not None and 0 < day.value <= 31:
        return Match(day.end, _yearly(month, day.value))
    if 0 < number <= 31 and tokens.closes(j + 1):
        return Match(j + 1, _yearly(month, number))
    return None


def _place_first_at(tokens: Tokens, i: int) -> Match[Part] | None:
    """Read a day, a weekday or a workday of a month before its month."""
    number = tokens.number(i)
    place = place_at(tokens, i)
    if place is None and 0 < number <= 31:
        place = Match(i + 1, Part(Freq.MONTHLY, month_days=(number,)))
    if place is None:
        return None
    j = place.end + 1 if tokens.word(place.end) in {"of", "in"} else place.end
    month = MONTHS.get(tokens.word(j))
    if month is None:
        return None
    part = place.value
    if part.month_days:
        for day in part.month_days:
            day_of(_A_LEAP_YEAR, month, max(day, 1))
        return Match(j + 1, Part(Freq.YEARLY, months=(month,), month_days=part.month_days))
    return Match(j + 1, Part(Freq.YEARLY, months=(month,), weekdays=part.weekdays, positions=part.positions))


def _yearly(month: int, day: int) -> Part:
    day_of(_A_LEAP_YEAR, month, day)
    return Part(Freq.YEARLY, months=(month,), month_days=(day,))


def _joined(parts: list[Part]) -> tuple[Part, ...]:
    """Put months together that share their days: 14 jan, 14 apr is one rule."""
    joined: list[Part] = []
    for part in parts:
        for place, other in enumerate(joined):
            if (other.month_days, other.weekdays, other.positions) == (part.month_days, part.weekdays, part.positions):
                months = tuple(sorted({*other.months, *part.months}))
                joined[place] = Part(
                    Freq.YEARLY,
                    months=months,
                    month_days=part.month_days,
                    weekdays=part.weekdays,
                    positions=part.positions,
                )
                break
        else:
            joined.append(part)
    return tuple(joined)
