"""Walks a line and finds every date, time, range and offset in it, each with the score that its company gives it."""

from collections.abc import Sequence
from dataclasses import dataclass

from taskora.nlu.calendar_words import WEEKDAYS
from taskora.nlu.candidates import FIRM, PLAIN, SHAKY, THRESHOLD, Candidate, Kind, Match
from taskora.nlu.clocks import Clock, PartOfDay, TimeOfDay
from taskora.nlu.dates.expressions import (
    DateExpression,
    Day,
    DayOfMonth,
    InPeriod,
    MonthDay,
    Named,
    Numeric,
    Shifted,
    Weekday,
    WeekdayNear,
)
from taskora.nlu.dates.grammar import DATE_STARTS, date_at
from taskora.nlu.dates.weeks import Weekend
from taskora.nlu.evidence import NAME, weigh
from taskora.nlu.parts_of_day import PART_NAMES, bare_part_at, part_of_at
from taskora.nlu.prepositions import LEAD_STARTS, NOTHING, Lead, Preposition, preposition_at
from taskora.nlu.ranges import RangePhrase, range_at
from taskora.nlu.sightings import Sighting, Sort, all_capitals
from taskora.nlu.times import TIME_STARTS, clock_at, time_at
from taskora.nlu.tokens import TokenKind, Tokens

_STARTS = DATE_STARTS | TIME_STARTS | LEAD_STARTS | PART_NAMES | {"between", "fr"}
_ONE_DAY = (Day, Weekday, MonthDay, DayOfMonth, Numeric, Named, WeekdayNear)
_OF_VERBS: dict[tuple[str, ...], tuple[type, ...]] = {
    ("on",): (Weekday, MonthDay, DayOfMonth, Numeric, Named, WeekdayNear, InPeriod, Weekend, Shifted),
    ("in",): (InPeriod,),
    ("at",): (InPeriod, Weekend, Named),
}
"""Prepositions and the dates they lead to; before another date they belong to the verb: log on tomorrow."""

_CLAUSE_ENDS = frozenset(".,;:!?-–—([{")
Value = DateExpression | TimeOfDay | RangePhrase
Option = tuple[int, Match[Value], Kind]
"""A reading: the token at which it starts, what it is, its kind."""

_SORTS: dict[type, Sort] = {
    Clock: Sort.CLOCK,
    PartOfDay: Sort.CLOCK,
    Weekday: Sort.WEEKDAY,
    DayOfMonth: Sort.ORDINAL,
    Numeric: Sort.DIGITS,
    Named: Sort.NAMED,
    InPeriod: Sort.PERIOD,
    Weekend: Sort.PERIOD,
}


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    core: int
    match: Match[Value]
    kind: Kind
    lead: Preposition


def find_dates_and_times(tokens: Tokens, begin: int = 0, occupied: Sequence[Candidate] = ()) -> list[Candidate]:
    """Return the dates, times, ranges and offsets of a line.

    `begin` is where the task's own words begin; what rules `occupied` before is passed over.
    """
    found: list[Candidate] = []
    i, previous_end, begins = begin, -1, False
    ends = {one.start: one.end for one in occupied if one.score >= THRESHOLD}
    last = len(tokens)
    while i < last:
        if tokens[i].start in ends:
            i = previous_end = _after(tokens, i, ends[tokens[i].start])
            continue
        beside = previous_end == i or (previous_end == i - 1 and tokens.word(i - 1) == ",")
        piece = _piece_at(tokens, i, beside=beside) if _may_begin(tokens, i) else None
        if piece is None:
            i += 1
            continue
        starts = piece.start <= begin or tokens.word(piece.start - 1) in _CLAUSE_ENDS or (beside and begins)
        score = weigh(tokens, _sighting(tokens, piece, starts=starts, beside=beside))
        if score >= THRESHOLD or not _is_number(tokens, piece):
            found.append(_candidate(tokens, piece, score))
        if score < THRESHOLD:
            i = piece.match.end if score == NAME else i + 1
            continue
        begins = starts
        i = previous_end = _behind(tokens, piece, found)
    return _with_holiday(tokens, begin, found)


def _behind(tokens: Tokens, piece: _Piece, found: list[Candidate]) -> int:
    """Read what belongs to a date right behind it, the T15:00 of ISO 8601 or a part of the day; return where it ends."""
    i = piece.match.end
    if tokens.word(i) == "t" and tokens.glued(i) and tokens.glued(i + 1):
        return _iso_time(tokens, i, found)
    shade = " ".join(piece.lead.words[-1:])
    part = bare_part_at(tokens, i, shade) if isinstance(piece.match.value, _ONE_DAY) else None
    if part is None or not tokens.closes(part.end):
        return i
    found.append(_candidate(tokens, _Piece(i, i, part, Kind.TIME, NOTHING), FIRM))
    return part.end


def _with_holiday(tokens: Tokens, begin: int, found: list[Candidate]) -> list[Candidate]:
    """Take a holiday at the beginning for the day of a line that says a time and no other day: christmas dinner at 7pm."""
    first = found[0] if found else None
    if (
        first is None
        or not isinstance(first.value, Named)
        or first.start != tokens[begin].start
        or first.score >= THRESHOLD
    ):
        return found
    sure = [one for one in found if one.score >= THRESHOLD]
    dated = any(one.kind is not Kind.TIME for one in sure)
    return found if dated or not sure else [first._replace(score=PLAIN), *found[1:]]


def _iso_time(tokens: Tokens, i: int, found: list[Candidate]) -> int:
    """Read the T15:00 of ISO 8601 behind its date."""
    time = time_at(tokens, i + 1)
    if time is None:
        return i + 1
    found.append(_candidate(tokens, _Piece(i, i + 1, time, Kind.TIME, NOTHING), FIRM))
    return time.end


def _after(tokens: Tokens, i: int, end: int) -> int:
    while i < len(tokens) and tokens[i].start < end:
        i += 1
    return i


def _is_number(tokens: Tokens, piece: _Piece) -> bool:
    """Tell whether it is a bare number, which nobody misses when it stays in the title."""
    return tokens.slice(piece.core, piece.match.end).replace(".", "").isdigit()


def _may_begin(tokens: Tokens, i: int) -> bool:
    return (tokens.words[i] in _STARTS or tokens[i].kind is TokenKind.NUMBER) and tokens.opens(i)


def _piece_at(tokens: Tokens, i: int, *, beside: bool) -> _Piece | None:
    """Read the longest date, time or range at `i`, with the preposition before it."""
    lead = preposition_at(tokens, i)
    j = lead.end
    supported = beside or bool(lead.value.leads & {Lead.TIME, Lead.BOTH})
    options: list[Option] = []
    inner = j - 1 if j - 1 > i and tokens.word(j - 1) in {"in", "within"} else j
    for start in dict.fromkeys((i, inner, j)):
        ranged = range_at(tokens, start, supported=supported)
        if ranged is not None:
            options.append((start, ranged, Kind.RANGE))
        date = date_at(tokens, start)
        if date is not None:
            options.append((start, date, Kind.MOMENT if _is_moment(date.value) else Kind.DATE))
        timely = tokens.word(start) in TIME_STARTS or tokens.number(start) >= 0
        time = time_at(tokens, start) if timely else _part_of_date(tokens, start) or _part_led(tokens, start)
        if time is not None:
            options.append((start, time, Kind.TIME))
    return _best(tokens, i, lead.value, _timely(tokens, options), beside=beside)


def _part_led(tokens: Tokens, i: int) -> Match[PartOfDay] | None:
    """Read a part of the day as a limit: by evening, before night."""
    if tokens.word(i) not in PART_NAMES or tokens.word(i - 1) not in {"by", "before", "until", "till"}:
        return None
    return bare_part_at(tokens, i)


def _part_of_date(tokens: Tokens, i: int) -> Match[PartOfDay] | None:
    part = part_of_at(tokens, i)
    return part if part is not None and date_at(tokens, part.end) is not None else None


def _timely(tokens: Tokens, options: list[Option]) -> list[Option]:
    """Leave out the date of 10.30 where a day follows, so that it is a time: call 10.30 tomorrow."""
    times = {option[1].end for option in options if option[2] is Kind.TIME}
    return [
        option
        for option in options
        if not (
            isinstance(option[1].value, Numeric)
            and "." in option[1].value.text
            and option[1].end in times
            and _day_follows(tokens, option[1].end)
        )
    ]


def _best(tokens: Tokens, i: int, lead: Preposition, options: list[Option], *, beside: bool) -> _Piece | None:
    """Choose the longest reading; of equal ones, what the preposition asks for, then the surer, then the earlier start."""
    if not options:
        return None
    wants_time = Lead.TIME in lead.leads or (beside and not lead.words)

    def rank(option: Option) -> tuple[int, bool, float, int]:
        start, match, kind = option
        return (match.end, kind is Kind.RANGE or (kind is Kind.TIME) == wants_time, match.score, -start)

    core, match, kind = max(options, key=rank)
    of_verb = lead.words in _OF_VERBS and not isinstance(match.value, _OF_VERBS[lead.words])
    if lead.words == ("on",) and core > i and tokens.word(core) in {"in", "within"}:
        return _Piece(core, core, match, kind, NOTHING)  # put the roast on in an hour
    if core > i and of_verb and (kind is Kind.DATE or (kind is Kind.TIME and Lead.TIME not in lead.leads)):
        return _Piece(core, core, match, kind, NOTHING)
    return _Piece(i, core, match, kind, lead if core > i else NOTHING)


def _is_moment(value: DateExpression) -> bool:
    return isinstance(value, Shifted) and value.by.by_clock


def _sighting(tokens: Tokens, piece: _Piece, *, starts: bool, beside: bool) -> Sighting:
    value, end = piece.match.value, piece.match.end
    sort = _SORTS.get(type(value), Sort.OTHER_DATE)
    if isinstance(value, Clock) and piece.match.score == SHAKY and _is_bare(value.text):
        sort = Sort.BARE_HOUR
    shouted = tokens[piece.core].capitalised and all_capitals(tokens)
    near = beside or (sort is Sort.WEEKDAY and _time_follows(tokens, end))
    spelt = tokens[piece.core].kind is TokenKind.WORD or tokens.word(piece.core + 1) in {".", "h"}
    near = near or (sort is Sort.BARE_HOUR and starts and _part_of_day_follows(tokens, end))
    near = near or (sort is Sort.CLOCK and spelt and piece.match.score == SHAKY and _day_follows(tokens, end))
    return Sighting(piece.start, piece.core, end, piece.match.score, sort, piece.lead, near, starts, shouted)


def _day_follows(tokens: Tokens, i: int) -> bool:
    """Tell whether a sure day stands at `i`: ten thirty tomorrow."""
    if tokens.word(i) in WEEKDAYS:
        return True
    date = date_at(tokens, i) if tokens.word(i) in DATE_STARTS else None
    return date is not None and date.score >= FIRM


def _part_of_day_follows(tokens: Tokens, i: int) -> bool:
    """Tell whether a day and a part of it stand at `i`: 6 tomorrow morning."""
    date = date_at(tokens, i)
    return date is not None and bare_part_at(tokens, date.end) is not None


def _is_bare(text: str) -> bool:
    """Tell whether it is only an hour: 5, seven."""
    return text.isalpha() or (len(text) < 4 and "." not in text)


def _time_follows(tokens: Tokens, i: int) -> bool:
    at = tokens.word(i) in {"at", "@"}
    clock = clock_at(tokens, i + 1 if at else i)
    if clock is not None and (at or clock.score >= PLAIN or (clock.value.minute and tokens[i].kind is TokenKind.WORD)):
        return True
    return bare_part_at(tokens, i) is not None


def _candidate(tokens: Tokens, piece: _Piece, score: float) -> Candidate:
    start, end = tokens.span(piece.start, piece.match.end)
    return Candidate(start, end, piece.kind, piece.match.value, score, piece.match.assumptions)
