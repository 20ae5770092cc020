"""From words to a series: where it starts, the local time of each rule, where it ends, and the first date, which is the due.

Facts §3: a rule without a day starts today; a time that has passed today starts tomorrow; every other Friday starts at the
nearest one.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from taskora.domain.due import Due, local_datetime, settled
from taskora.domain.errors import InvalidField
from taskora.domain.preferences import Preferences
from taskora.domain.series import Anchor, End, Repeat, Rule
from taskora.nlu.candidates import Candidate
from taskora.nlu.dates.today import add_months, shift
from taskora.nlu.reading import Context
from taskora.nlu.rules.firsts import first_day
from taskora.nlu.rules.folding import excluding_rules, folded
from taskora.nlu.rules.phrase import Bound, DayPart, Freq, Part, Phrase
from taskora.nlu.rules.text import rrule
from taskora.nlu.rules.vocabulary import PART_TIMES

_AFTERNOON_PARTS = {DayPart.AFTERNOON: 1, DayPart.EVENING: 4, DayPart.NIGHT: 7}
"""From which hour on a bare hour belongs to the second half of the day."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A series ready to be made, its first date and what had to be assumed."""

    repeat: Repeat
    due: Due
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the counting starts: a day, whether it was said, the time said in the line, the local present."""

    day: dt.date
    said: bool
    time: dt.time | None
    now: dt.datetime
    preferences: Preferences

    def at(self, time: dt.time | None) -> dt.date:
        """Return the first day on which a time is still ahead; a day that was said stays."""
        passed = time is not None and self.day == self.now.date() and time <= self.now.time()
        return self.day + dt.timedelta(days=1) if passed and not self.said else self.day


def resolve(
    rules: Sequence[Candidate],
    bounds: Sequence[Candidate],
    *,
    day: dt.date | None,
    time: dt.time | None,
    context: Context,
) -> Resolved:
    """Join the rules and bounds of a line with the day and time said elsewhere in it.

    Raises InvalidField when no date is left.
    """
    phrases = [candidate.value for candidate in rules if isinstance(candidate.value, Phrase)]
    bound = reduce(add, (candidate.value for candidate in bounds if isinstance(candidate.value, Bound)), Bound())
    notes = [note for candidate in (*rules, *bounds) for note in candidate.assumptions]
    now = local_datetime(context.now, context.preferences.zone)
    said = bound.start or day
    start = _Start(said or now.date(), said is not None, bound.start_time or time, now, context.preferences)
    anchor = bound.anchor or next((phrase.anchor for phrase in phrases if phrase.anchor is Anchor.COMPLETION), None)
    parts = tuple(folded(_limited(part, bound), bound.except_) for phrase in phrases for part in phrase.parts)
    made = tuple(rule for part in parts for rule in _rules_of(part, start, bound, anchor or Anchor.SCHEDULE))
    notes += [note for part in parts for note in _part_notes(part, start)]
    first = min(made, key=lambda rule: (rule.start, rule.time or dt.time(0)))
    repeat = Repeat(
        rules=tuple(dict.fromkeys(made)),
        excluded_dates=bound.except_.dates,
        excluded_rules=excluding_rules(parts, bound.except_, first.start),
        anchor=anchor or Anchor.SCHEDULE,
        end=_end(bound, first.start, start.day),
    )
    zone = context.preferences.zone if first.time is not None else None
    return Resolved(repeat, settled(Due(first.start, first.time, zone)), tuple(dict.fromkeys(notes)))


def _limited(part: Part, bound: Bound) -> Part:
    return replace(part, months=bound.months) if bound.months and not part.months else part


def _rules_of(part: Part, start: _Start, bound: Bound, anchor: Anchor) -> list[Rule]:
    """Return one rule for each time of a part."""
    if part.by_clock:
        return [_clock_rule(part, start, bound)]
    return [_day_rule(part, time, start, bound, anchor) for time in _times(part, start.time)]


def _times(part: Part, said: dt.time | None) -> tuple[dt.time | None, ...]:
    if part.times:
        return tuple(_in_part(time, part.day_part) for time in part.times)
    if said is not None:
        return (_in_part(said, part.day_part),)
    return (PART_TIMES[part.day_part],) if part.day_part else (None,)


def _part_notes(part: Part, start: _Start) -> tuple[str, ...]:
    """Say which time a part of the day was taken for; noon and midnight are no assumptions."""
    if part.day_part is None or part.day_part in {DayPart.NOON, DayPart.MIDNIGHT} or part.times or start.time:
        return ()
    return (f"took {part.day_part} as {PART_TIMES[part.day_part]:%H:%M}",)


def _in_part(time: dt.time, part: DayPart | None) -> dt.time:
    """Move a bare hour into the half of the day that was said: "every morning at 7" is 07:00, "every evening at 8" 20:00."""
    if part is DayPart.MORNING and time.hour >= 16:
        return time.replace(hour=time.hour - 12)
    if part in _AFTERNOON_PARTS and _AFTERNOON_PARTS[part] <= time.hour < 12:
        return time.replace(hour=time.hour + 12)
    return time


def _day_rule(part: Part, time: dt.time | None, start: _Start, bound: Bound, anchor: Anchor) -> Rule:
    since = start.at(time)
    placed = part if part.anchored else _anchored(part, since)
    text = rrule(part if anchor is Anchor.COMPLETION else placed)
    return Rule(text, first_day(placed, since, bound.except_), time)


def _anchored(part: Part, day: dt.date) -> Part:
    """Write out on which day of the week, month or year a rule happens that starts on `day`."""
    if part.freq is Freq.WEEKLY:
        return replace(part, weekdays=((0, day.weekday()),))
    if part.freq is Freq.MONTHLY:
        return replace(part, month_days=(day.day,))
    return replace(part, months=(day.month,), month_days=(day.day,))


def _clock_rule(part: Part, start: _Start, bound: Bound) -> Rule:
    """Return a rule of hours or minutes: from the time said, in its phase, or one interval from now."""
    step = dt.timedelta(minutes=part.interval * (60 if part.freq is Freq.HOURLY else 1))
    now = start.now.replace(second=0, microsecond=0, tzinfo=None)
    time = start.time or (PART_TIMES[part.day_part] if part.day_part else None)
    if time is None and start.said and start.day != now.date():
        time = start.preferences.all_day_time
    moment = dt.datetime.combine(start.day, time) if time is not None else now + step
    if moment < now and not start.said:
        moment += -((moment - now) // step) * step
    day = first_day(part, moment.date(), bound.except_)
    return Rule(rrule(part), day, moment.time())


def _end(bound: Bound, first: dt.date, counted_from: dt.date) -> End:
    if bound.count is not None:
        return End(count=bound.count)
    until = bound.until
    if until is None and bound.lasting is not None:
        until = shift(counted_from, bound.lasting) + dt.timedelta(days=-1)
    while until is not None and until < first:
        later = add_months(until, 12)
        if bound.start is None or later.year > first.year + 1:
            raise InvalidField("It would end before its first date.", field="repeat", advice="Say a later end.")
        until = later
    return End(until=until)
