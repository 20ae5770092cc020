"""Which of the things found in a line are used: one date, one time, one range; the rest stays in the title."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from taskora.nlu.candidates import DATELIKE, THRESHOLD, Candidate, Kind
from taskora.nlu.clocks import Clock, PartOfDay
from taskora.nlu.dates.expressions import Shifted
from taskora.nlu.durations import SIGNS_OF_DURATION
from taskora.nlu.ranges import RangePhrase
from taskora.nlu.reminders import Reminding
from taskora.nlu.remindings import as_when
from taskora.nlu.resolution import When
from taskora.nlu.undated import Undated

_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Selection:
    """What is used, and for what."""

    when: When = field(default_factory=When)
    when_used: tuple[Candidate, ...] = ()
    rules: tuple[Candidate, ...] = ()
    bounds: tuple[Candidate, ...] = ()
    duration: Candidate | None = None
    deadline: Candidate | None = None
    reminders: tuple[Candidate, ...] = ()
    priority: Candidate | None = None
    tags: tuple[Candidate, ...] = ()
    used: tuple[Candidate, ...] = ()
    """Everything that leaves the title."""


def select(chosen: Sequence[Candidate], text: str) -> Selection:
    """Choose among candidates that do not overlap."""
    kinds: dict[Kind, list[Candidate]] = {}
    for candidate in chosen:
        if candidate.score >= THRESHOLD:
            kinds.setdefault(candidate.kind, []).append(candidate)
    dates, deadline = _deadline(kinds, text)
    when, when_used = _when(_without_those_of_others(kinds, dates, text), dates)
    if deadline is not None and when.clock is not None and when.date is None and _touches(deadline, when_used, text):
        when = replace(when, date=deadline.value)  # type: ignore[arg-type]  # DEADLINE holds date expressions
    rules = tuple(kinds.get(Kind.RULE, ()))
    bounds = tuple(kinds.get(Kind.BOUND, ())) if rules else ()
    timed = when.timed or bool(rules)
    durations = (one for one in kinds.get(Kind.DURATION, ()) if timed or text[one.start] in SIGNS_OF_DURATION)
    duration = next(durations, None)
    reminders, tags = tuple(kinds.get(Kind.REMINDER, ())), tuple(kinds.get(Kind.TAG, ()))
    priorities = tuple(kinds.get(Kind.PRIORITY, ()))
    single = tuple(one for one in (duration, deadline) if one is not None)
    others = (*kinds.get(Kind.COMMAND, ()), *kinds.get(Kind.ESCAPE, ()))
    return Selection(
        when=when,
        when_used=when_used,
        rules=rules,
        bounds=bounds,
        duration=duration,
        deadline=deadline,
        reminders=reminders,
        priority=priorities[-1] if priorities else None,
        tags=tags,
        used=(*when_used, *rules, *bounds, *single, *reminders, *priorities, *tags, *others),
    )


def _deadline(kinds: dict[Kind, list[Candidate]], text: str) -> tuple[list[Candidate], Candidate | None]:
    """Return the dates and the deadline. Of two dates the one that says `due` is the hard one."""
    dates = kinds.get(Kind.DATE, [])
    said = kinds.get(Kind.DEADLINE)
    if said:
        return dates, said[0]
    hard = [date for date in dates if text[date.start : date.start + 3].lower() == "due"]
    soft = [date for date in dates if date not in hard and date.score >= _SURE and _leads(text, date) != "for"]
    if len(hard) == 1 and soft and not isinstance(hard[0].value, Undated):
        return [date for date in dates if date is not hard[0]], hard[0]
    return dates, None


def _without_those_of_others(
    kinds: dict[Kind, list[Candidate]], dates: list[Candidate], text: str
) -> dict[Kind, list[Candidate]]:
    """Leave out times that stand right behind a date that is not used: be there at 9 on saturday, so shop tomorrow evening."""
    used = _best(dates)
    others = [date for date in dates if date is not used]
    times = [
        time
        for time in kinds.get(Kind.TIME, ())
        if not any(other.end <= time.start and not text[other.end : time.start].strip(" ") for other in others)
    ]
    return {**kinds, Kind.TIME: times} if others else kinds


def _touches(deadline: Candidate, used: Sequence[Candidate], text: str) -> bool:
    """Tell whether a time stands right behind the deadline: deadline feb 28 5pm."""
    return any(
        one.start >= deadline.end and text[deadline.end : one.start].strip(" ,") in {"", "at", "by"} for one in used
    )


def _leads(text: str, candidate: Candidate) -> str:
    return text[candidate.start : candidate.end].split(maxsplit=1)[0].lower()


def _best(candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the surest, of equally sure ones the first."""
    return min(candidates, key=lambda candidate: (-candidate.score, candidate.start), default=None)


def _when(kinds: dict[Kind, list[Candidate]], dates: list[Candidate]) -> tuple[When, tuple[Candidate, ...]]:
    span = _best(kinds.get(Kind.RANGE, ()))
    date = _best(dates)
    if date is not None and isinstance(date.value, Undated):
        return When(), (date,)
    moment = _best(kinds.get(Kind.MOMENT, ()))
    if moment is not None and isinstance(moment.value, Shifted) and (date is None or _first(moment, date)):
        return When(moment=moment.value), (moment,)
    ranged = span.value if span is not None and isinstance(span.value, RangePhrase) else None
    own_date = ranged is not None and ranged.start.date is not None
    own_time = ranged is not None and ranged.start.clock is not None
    times = kinds.get(Kind.TIME, ())
    clock = None if own_time else _best(time for time in times if isinstance(time.value, Clock))
    part = _best(time for time in times if isinstance(time.value, PartOfDay))
    used_date = None if own_date else date
    when = When(
        date=used_date.value if used_date else None,  # type: ignore[arg-type]  # the walker gives DATE only expressions
        clock=clock.value if clock and isinstance(clock.value, Clock) else None,
        part=part.value if part and isinstance(part.value, PartOfDay) else None,
        range=ranged,
    )
    again = tuple(time for time in times if part is not None and time is not part and _same_part(time, part))
    return when, tuple(found for found in (span, used_date, clock, part, *again) if found is not None)


def _same_part(time: Candidate, part: Candidate) -> bool:
    """Tell whether a time says the part of the day again: first thing on monday morning."""
    both = isinstance(time.value, PartOfDay) and isinstance(part.value, PartOfDay)
    return both and time.value.part is part.value.part  # type: ignore[attr-defined]  # both are parts of the day


def _first(one: Candidate, other: Candidate) -> bool:
    return (-one.score, one.start) <= (-other.score, other.start)


def left_over(candidates: Iterable[Candidate], used: Sequence[Candidate], text: str) -> tuple[str, ...]:
    """Return the pieces that look like a date and stay in the title, in line order."""
    covered = {place for candidate in used for place in range(candidate.start, candidate.end)}
    left: list[str] = []
    for candidate in sorted(candidates, key=lambda found: (found.start, -found.end)):
        places = range(candidate.start, candidate.end)
        if candidate.kind in DATELIKE and covered.isdisjoint(places):
            covered.update(places)
            left.append(text[candidate.start : candidate.end])
    return tuple(left)


def relative_only(candidate: Candidate) -> bool:
    """Tell whether every reminder of a candidate is counted back from the due."""
    value = candidate.value
    return isinstance(value, tuple) and all(isinstance(one, Reminding) and one.before is not None for one in value)


def reminded(selection: Selection) -> Selection:
    """Make the time of a reminder the due of a task that has no other: call mom, remind me at 8pm."""
    absolute = [one for one in selection.reminders if not relative_only(one)]
    if not absolute or not selection.when.nothing or selection.rules:
        return selection
    value = absolute[0].value
    first = value[0] if isinstance(value, tuple) and isinstance(value[0], Reminding) else None
    if first is None or first.before is not None:
        return selection
    rest = tuple(one for one in selection.reminders if one is not absolute[0])
    return replace(selection, when=as_when(first), when_used=(*selection.when_used, absolute[0]), reminders=rest)
