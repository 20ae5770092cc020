"""Parts of the day in words: in the morning, this evening, tonight, at night, late afternoon, first thing."""

from taskora.nlu.candidates import FIRM, Match
from taskora.nlu.clocks import PART_HOURS, Part, PartOfDay
from taskora.nlu.tokens import Tokens

_PART_WORDS = {
    "morning": Part.MORNING,
    "mornin": Part.MORNING,
    "noon": Part.NOON,
    "afternoon": Part.AFTERNOON,
    "aft": Part.AFTERNOON,
    "arvo": Part.AFTERNOON,
    "evening": Part.EVENING,
    "eve": Part.EVENING,
    "night": Part.NIGHT,
    "nite": Part.NIGHT,
}
_TONIGHT = frozenset(("tonight", "tonite", "2nite", "tonigh", "tonght"))
PART_STARTS = frozenset(("in", "this", "at", "first", "later", "arvo")) | _TONIGHT
"""The words with which a part of the day may begin when no date stands before it."""

PART_NAMES = frozenset(("morning", "afternoon", "evening", "night"))
"""The words with which one before its date may begin: evening of the 24th."""

_SHADES = {
    ("early", Part.MORNING): 7,
    ("mid", Part.MORNING): 10,
    ("late", Part.MORNING): 11,
    ("early", Part.AFTERNOON): 13,
    ("mid", Part.AFTERNOON): 15,
    ("late", Part.AFTERNOON): 17,
    ("early", Part.EVENING): 18,
    ("late", Part.EVENING): 21,
    ("late", Part.NIGHT): 23,
}


def part_at(tokens: Tokens, i: int) -> Match[PartOfDay] | None:
    """Read a part of the day that stands by itself: in the morning, this evening, tonight, at night, first thing."""
    word, following = tokens.word(i), tokens.word(i + 1)
    if word in _TONIGHT:
        return _part(tokens, i, i + 1, Part.TONIGHT, today=True)
    spelt = word == "2" and following in {"nite", "night"} and tokens.glued(i + 1)
    if spelt or (word, following) == ("later", "tonight"):
        return _part(tokens, i, i + 2, Part.TONIGHT, today=True)
    if word == "arvo":
        return _part(tokens, i, i + 1, Part.AFTERNOON)
    if (word, following) == ("first", "thing"):
        inner = part_at(tokens, i + 2) if tokens.word(i + 2) != "first" else None
        return _part(tokens, i, inner.end if inner else i + 2, Part.MORNING, today=bool(inner and inner.value.today))
    if word == "at":
        return _part(tokens, i + 1, i + 2, Part.NIGHT) if following in {"night", "nite"} else None
    this = word == "this"
    return (
        _shaded_at(tokens, i + 1 if this else i + 2, today=this) if this or (word, following) == ("in", "the") else None
    )


def bare_part_at(tokens: Tokens, i: int, shade: str = "") -> Match[PartOfDay] | None:
    """Read a part of the day that follows a date: morning in tomorrow morning, in the evening, first thing.

    `shade` is an early or late that stands before the date: early friday morning.
    """
    half = _half_day_at(tokens, i)
    if half is not None:
        return half
    return _shaded_at(tokens, i, shade=shade) or part_at(tokens, i)


def _half_day_at(tokens: Tokens, i: int) -> Match[PartOfDay] | None:
    """Read am, pm, a.m. or p.m. without an hour."""
    dotted = tokens.words[i + 1 : i + 3] == (".", "m")
    word, end = (f"{tokens.word(i)}m", i + 3) if dotted else (tokens.word(i), i + 1)
    if dotted and tokens.word(end) == "." and tokens.glued(end):
        end += 1
    half = {"am": Part.MORNING, "pm": Part.AFTERNOON}.get(word)
    return _part(tokens, i, end, half) if half is not None and tokens.closes(end) else None


def part_of_at(tokens: Tokens, i: int) -> Match[PartOfDay] | None:
    """Read a part of the day before its date, up to the `of`: the evening of [the 24th]."""
    part = _shaded_at(tokens, i + 1 if tokens.word(i) == "the" else i)
    return Match(part.end + 1, part.value, part.score) if part and tokens.word(part.end) == "of" else None


def _shaded_at(tokens: Tokens, i: int, *, today: bool = False, shade: str = "") -> Match[PartOfDay] | None:
    j = i
    if tokens.word(j) in {"early", "late", "mid"}:
        shade = tokens.word(j)
        j += 2 if tokens.word(j + 1) == "-" else 1
    part = _PART_WORDS.get(tokens.word(j))
    if part is None or not tokens.closes(j + 1):
        return None
    return _part(tokens, i, j + 1, part, hour=_SHADES.get((shade, part)), today=today)


def _part(
    tokens: Tokens, first: int, end: int, part: Part, *, hour: int | None = None, today: bool = False
) -> Match[PartOfDay]:
    text = tokens.slice(first, end)
    return Match(end, PartOfDay(part, PART_HOURS[part] if hour is None else hour, text, today), FIRM)
