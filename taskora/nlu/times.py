"""Times of day in words: 6pm, 18:00, 7p, at 5, half past seven, noon, 1900, in the evening, tonight."""

from dataclasses import replace

from taskora.nlu.candidates import FIRM, PLAIN, SHAKY, Match
from taskora.nlu.clocks import Clock, TimeOfDay
from taskora.nlu.company import NUMBERED
from taskora.nlu.numbers import CARDINALS, number_at
from taskora.nlu.parts_of_day import PART_STARTS, part_at
from taskora.nlu.tokens import TokenKind, Tokens
from taskora.nlu.zones import zone_at

_AM, _PM = frozenset(("am", "a")), frozenset(("pm", "p"))
_OCLOCK = frozenset(("o'clock", "oclock", "o´clock"))
_PAST, _TO = frozenset(("past", "after")), frozenset(("to", "before", "til", "till"))
_NOON = frozenset(("noon", "midday", "lunchtime", "noonish", "middayish"))
_LEADING = frozenset(("at", "@", "by", "around"))
"""Words that make 830 a time."""

_MILITARY = frozenset(("h", "hrs", "hours", "hr"))
TIME_STARTS = frozenset(("midnight", "half", "quarter", "a", *_NOON, *CARDINALS, *PART_STARTS))
"""The words with which a time may begin; numbers may as well."""


def time_at(tokens: Tokens, i: int) -> Match[TimeOfDay] | None:
    """Read a time of day at `i` (without its `at`), with a zone and the part of the day that follow it."""
    clock = clock_at(tokens, i)
    if clock is None:
        return part_at(tokens, i)
    value, end, score = clock.value, clock.end, clock.score
    if tokens.word(end) == "sharp" or tokens.words[end : end + 3] == ("on", "the", "dot"):
        end, score = end + (1 if tokens.word(end) == "sharp" else 3), FIRM
    zone = zone_at(tokens, end)
    if zone is not None:
        value = Clock(value.hour, value.minute, value.open, zone.value, value.text, value.coming)
        end, score = zone.end, FIRM
    part = part_at(tokens, end)
    counted = score == SHAKY and ("." in value.text or value.hour > 12 or tokens.word(i - 1) in NUMBERED)
    if part is not None and not part.value.today and not counted:
        value, end, score = value.during(part.value.part), part.end, FIRM
    return Match(end, value, score)


def clock_at(tokens: Tokens, i: int) -> Match[Clock] | None:
    """Read a clock time at `i`. A lone hour and four lone digits are shaky: they need `at` before them."""
    if i >= len(tokens):
        return None
    found = _relative_at(tokens, i) or (
        digits_at(tokens, i) if tokens[i].kind is TokenKind.NUMBER else word_at(tokens, i)
    )
    return found if found is not None and tokens.closes(found.end) else None


def _meridiem_at(tokens: Tokens, i: int, *, glued: bool) -> Match[bool] | None:
    """Read am or pm at `i`: True for pm. The letters a and p count only when they touch the digits."""
    word = tokens.word(i)
    if word not in _AM and word not in _PM:
        return None
    if len(word) == 1:
        if tokens.word(i + 1) == "." and tokens.word(i + 2) == "m" and tokens.glued(i + 1) and tokens.glued(i + 2):
            end = i + 4 if tokens.word(i + 3) == "." and tokens.glued(i + 3) else i + 3
            return Match(end, word == "p")
        if not (glued and tokens.glued(i) and tokens[i].text == word):
            return None
    return Match(i + 1, word in _PM)


def _closed(hour: int, minute: int, meridiem: Match[bool], text: str) -> Match[Clock] | None:
    if hour > 12:
        return Match(meridiem.end, Clock(hour, minute, text=text)) if meridiem.value and hour < 24 else None
    if hour == 0:
        return None
    return Match(meridiem.end, Clock(hour % 12 + (12 if meridiem.value else 0), minute, text=text))


def digits_at(tokens: Tokens, i: int) -> Match[Clock] | None:
    """Read a clock time in digits at `i`, also where it ends inside a word."""
    hour, length = tokens.number(i), len(tokens.word(i))
    if length in {3, 4}:
        return _military_at(tokens, i)
    if length > 2:
        return None
    mark = tokens.word(i + 1)
    if mark in {":", ".", "h"} and tokens.glued(i + 1) and tokens.glued(i + 2) and len(tokens.word(i + 2)) == 2:
        minute = tokens.number(i + 2)
        if minute >= 0:
            return _with_minutes(tokens, i, hour, minute)
    return _spaced_at(tokens, i, hour) or _full_hour_at(tokens, i, hour)


def _spaced_at(tokens: Tokens, i: int, hour: int) -> Match[Clock] | None:
    """Read 6 30 pm, where a blank stands for the colon."""
    minute = tokens.number(i + 1)
    meridiem = _meridiem_at(tokens, i + 2, glued=True) if len(tokens.word(i + 1)) == 2 and 0 <= minute < 60 else None
    return _closed(hour, minute, meridiem, tokens.slice(i, i + 2)) if meridiem and not tokens.glued(i + 1) else None


def _full_hour_at(tokens: Tokens, i: int, hour: int) -> Match[Clock] | None:
    """Read an hour without minutes: 5pm, 5 o'clock, 5ish, 5."""
    meridiem = _meridiem_at(tokens, i + 1, glued=True)
    if meridiem is not None:
        return _closed(hour, 0, meridiem, tokens.slice(i, meridiem.end))
    named = _either_at(tokens, i, hour) or _uhr_at(tokens, i, hour)
    if named is not None:
        return named
    oclock = _oclock_end(tokens, i + 1)
    if oclock:
        after = _meridiem_at(tokens, oclock, glued=False)
        if after is not None:
            return _closed(hour, 0, after, tokens.slice(i, after.end))
        return Match(oclock, Clock(hour % 24, open=0 < hour <= 12, text=tokens.slice(i, oclock)), FIRM)
    end = i + 2 if tokens.word(i + 1) in {"ish", "h"} and tokens.glued(i + 1) else i + 1
    score = PLAIN if tokens.word(i + 1) == "ish" and tokens.glued(i + 1) else SHAKY
    unfit = (tokens.word(end) in {"%", "°", "x"} and tokens.glued(end)) or (
        tokens.word(end) == ":" and tokens.glued(end + 1)
    )
    if hour > 24 or unfit:
        return None
    clock = _open_clock(hour, 0, tokens.word(i))
    return Match(end, replace(clock, open=False) if tokens.word(end - 1) == "h" else clock, score)


def _uhr_at(tokens: Tokens, i: int, hour: int) -> Match[Clock] | None:
    """Read 7 Uhr, which is of the 24-hour clock, and 8 Uhr abends."""
    if tokens.word(i + 1) != "uhr" or hour > 24:
        return None
    after = _meridiem_at(tokens, i + 2, glued=False)
    if after is not None:
        return _closed(hour, 0, after, tokens.slice(i, after.end))
    return Match(i + 2, Clock(hour % 24, text=tokens.slice(i, i + 2)), FIRM)


def _either_at(tokens: Tokens, i: int, hour: int) -> Match[Clock] | None:
    """Read 2 or 3pm, of which the first counts."""
    second = tokens.number(i + 2) if tokens.word(i + 1) == "or" else -1
    meridiem = _meridiem_at(tokens, i + 3, glued=True) if hour < second <= 12 else None
    return _closed(hour, 0, meridiem, tokens.slice(i, i + 3)) if meridiem else None


def _open_clock(hour: int, minute: int, text: str) -> Clock:
    """Return a time without am or pm; a leading zero or an hour past 12 is of the 24-hour clock."""
    if hour == 24 and minute == 0:
        return Clock(0, text=text, coming=True)
    return Clock(hour, minute, open=0 < hour <= 12 and not text.startswith("0"), text=text)


def _with_minutes(tokens: Tokens, i: int, hour: int, minute: int) -> Match[Clock] | None:
    dotted = tokens.word(i + 1) == "." or (tokens.word(i + 1) == "h" and hour < 13)
    end = i + 3
    if tokens.word(end) == ":" and tokens.glued(end) and len(tokens.word(end + 1)) == 2 and tokens.number(end + 1) >= 0:
        end += 2
    text = tokens.slice(i, i + 3)
    meridiem = _meridiem_at(tokens, end, glued=True)
    if meridiem is not None:
        return _closed(hour, minute, meridiem, text) if minute < 60 else None
    if not dotted and tokens.word(end) in _MILITARY and (tokens.glued(end) or tokens.word(end) in {"hrs", "hours"}):
        end += 1
    possible = (hour < 24 and minute < 60) or (hour == 24 and minute == 0)
    if dotted and not possible:
        return None
    return Match(end, _open_clock(hour, minute, text), SHAKY if dotted or not possible else FIRM)


def _military_at(tokens: Tokens, i: int) -> Match[Clock] | None:
    hour, minute = divmod(tokens.number(i), 100)
    if hour > 23 or minute > 59:
        return None
    text = tokens.word(i)
    meridiem = _meridiem_at(tokens, i + 1, glued=True)
    if meridiem is not None:
        return _closed(hour, minute, meridiem, text)
    if len(text) < 4:
        led = tokens.word(i - 1) in _LEADING and minute % 5 == 0 and hour
        return Match(i + 1, _open_clock(hour, minute, text), SHAKY) if led else None
    if tokens.word(i + 1) in _MILITARY:
        return Match(i + 2, Clock(hour, minute, text=text), FIRM)
    return Match(i + 1, Clock(hour, minute, text=text), SHAKY)


def word_at(tokens: Tokens, i: int) -> Match[Clock] | None:
    """Read a full hour in words at `i`: five thirty pm, seven o'clock, noon."""
    word = tokens.word(i)
    if word in _NOON:
        return Match(i + 1, Clock(12, text=word), PLAIN)
    if word == "midnight":
        return Match(i + 1, Clock(0, text=word, coming=True), PLAIN)
    hour = CARDINALS.get(word, 0)
    if not 1 <= hour <= 12:
        return None
    then = _past_dash(tokens, i + 1)
    minutes = number_at(tokens, then) if tokens.word(then) in CARDINALS else None
    minute, end = (minutes.value, minutes.end) if minutes and 10 <= minutes.value < 60 else (0, i + 1)
    meridiem = _meridiem_at(tokens, end, glued=False)
    if meridiem is not None:
        return _closed(hour, minute, meridiem, tokens.slice(i, end))
    oclock = _oclock_end(tokens, end)
    score, end = (FIRM, oclock) if oclock else (SHAKY, end)
    return Match(end, Clock(hour, minute, open=True, text=tokens.slice(i, end)), score)


def _relative_at(tokens: Tokens, i: int) -> Match[Clock] | None:
    """Read half past seven, quarter to nine, ten past 6, 20 to 5, half seven (which is 7:30), 12 noon."""
    j = i + 1 if tokens.word(i) == "a" and tokens.word(i + 1) == "quarter" else i
    word = tokens.word(j)
    minutes = {"half": 30, "quarter": 15}.get(word)
    number = number_at(tokens, j) if minutes is None else None
    if number is not None and number.value == 12 and tokens.word(number.end) in {"noon", "midday", "midnight"}:
        noon = word_at(tokens, number.end)
        return noon._replace(score=FIRM) if noon else None
    if minutes is None and (number is None or not 0 < number.value < 60):
        return None
    end = _past_dash(tokens, number.end if number else j + 1)
    if number and tokens.word(end) in {"minutes", "mins", "min", "minute"}:
        end += 1
    side = tokens.word(end)
    if side in _PAST or side in _TO or (side == "of" and word == "quarter"):
        hour = _named_hour_at(tokens, _past_dash(tokens, end + 1))
        found = _aside(tokens, i, hour, number.value if number else minutes or 0, past=side in _PAST) if hour else None
        digits = number is not None and end == i + 1 and tokens.number(i) >= 0 and tokens.number(end + 1) >= 0
        return found._replace(score=SHAKY) if found and digits else found
    half_hour = _named_hour_at(tokens, end) if word == "half" else None
    if half_hour is None:
        return None
    return _aside(tokens, i, half_hour, 30, past=True)._replace(score=SHAKY)


def _past_dash(tokens: Tokens, i: int) -> int:
    """Pass over the dash of half-past-seven and five-thirty."""
    return i + 1 if tokens.word(i) == "-" and tokens.glued(i) and tokens.glued(i + 1) else i


def _oclock_end(tokens: Tokens, i: int) -> int:
    """Return the end of o'clock at `i`, 0 without it."""
    if tokens.word(i) in _OCLOCK:
        return i + 1
    return i + 2 if (tokens.word(i), tokens.word(i + 1)) == ("o", "clock") else 0


def _named_hour_at(tokens: Tokens, i: int) -> Match[Clock] | None:
    found = digits_at(tokens, i) if tokens.number(i) >= 0 else word_at(tokens, i)
    return found if found is not None and found.value.minute == 0 and found.value.hour <= 23 else None


def _aside(tokens: Tokens, i: int, hour: Match[Clock], minutes: int, *, past: bool) -> Match[Clock]:
    """Move a full hour by minutes: quarter to nine is 8:45."""
    total = hour.value.hour * 60 + (minutes if past else -minutes)
    if hour.value.open and total < 60:
        total += 720
    h, minute = divmod(total % 1440, 60)
    return Match(hour.end, Clock(h, minute, open=hour.value.open, text=tokens.slice(i, hour.end)), FIRM)
