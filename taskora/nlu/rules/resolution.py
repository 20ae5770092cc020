"""From words to a series: where it starts, the local time of each rule, where it ends, and the first date, which is the due.

Facts §3: a rule without a day starts today; a time that has passed today starts tomorrow; every other Friday starts at the
nearest one.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from taskora.domain.due import Due, settled
from taskora.domain.errors import InvalidField
from taskora.domain.preferences import Preferences
from taskora.domain.series import Anchor, End, Repeat, Rule
from taskora.nlu.candidates import Candidate
from taskora.nlu.dates.today import Today, shift
from taskora.nlu.reading import Context
from taskora.nlu.rules.firsts import first_day
from taskora.nlu.rules.folding import excluding_rules, folded
from taskora.nlu.rules.phrase import Bound, DayPart, Exceptions, Freq, Part, Phrase
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
    """Where the counting starts: a day, whether it was said, the time said in the line, the present, what is left out."""

    day: dt.date
    said: bool
    time: dt.time | None
    today: Today
    preferences: Preferences
    exceptions: Exceptions
    left_out: frozenset[dt.date]

    def at(self, time: dt.time | None) -> dt.date:
        """Return the first day on which a time is still ahead; a day that was said stays."""
        passed = time is not None and self.day == self.today.date and time <= self.today.now.time()
        return self.day + dt.timedelta(days=1) if passed and not self.said else self.day

    def first(self, part: Part, since: dt.date) -> dt.date:
        """Return the first day of a part that is not left out."""
        return first_day(part, since, self.exceptions, self.left_out)

    def seen_from_there(self) -> Today:
        """Return the starting day as if it were the present one, for an end that is said without a year."""
        now = self.today.now.replace(year=self.day.year, month=self.day.month, day=self.day.day)
        return replace(self.today, now=now)


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
    today = Today.of(context)
    said = bound.start.resolve(today) if bound.start is not None else day
    start = _Start(
        said or today.date,
        said is not None,
        bound.start_time or time,
        today,
        context.preferences,
        bound.except_,
        frozenset(date.resolve(today) for date in bound.except_.dates),
    )
    anchor = bound.anchor or next((phrase.anchor for phrase in phrases if phrase.anchor is Anchor.COMPLETION), None)
    parts = tuple(folded(_limited(part, bound), bound.except_) for phrase in phrases for part in phrase.parts)
    made = tuple(rule for part in parts for rule in _rules_of(part, start, anchor or Anchor.SCHEDULE))
    notes += [note for part in parts for note in _part_notes(part, start)]
    first = min(made, key=lambda rule: (rule.start, rule.time or dt.time(0)))
    repeat = Repeat(
        rules=tuple(dict.fromkeys(made)),
        excluded_dates=tuple(sorted(start.left_out)),
        excluded_rules=excluding_rules(parts, bound.except_, first.start),
        anchor=anchor or Anchor.SCHEDULE,
        end=_end(bound, first.start, start),
    )
    zone = context.preferences.zone if first.time is not None else None
    return Resolved(repeat, settled(Due(first.start, first.time, zone)), tuple(dict.fromkeys(notes)))


def _limited(part: Part, bound: Bound) -> Part:
    return replace(part, months=bound.months) if bound.months and not part.months else part


def _rules_of(part: Part, start: _Start, anchor: Anchor) -> list[Rule]:
    """Return one rule for each time of a part."""
    if part.by_clock:
        return [_clock_rule(part, start)]
    return [_day_rule(part, time, start, anchor) for time in _times(part, start.time)]


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


def _day_rule(part: Part, time: dt.time | None, start: _Start, anchor: Anchor) -> Rule:
    since = start.at(time)
    placed = part if part.anchored else _anchored(part, since)
    text = rrule(part if anchor is Anchor.COMPLETION else placed)
    return Rule(text, start.first(placed, since), time)


def _anchored(part: Part, day: dt.date) -> Part:
    """Write out on which day of the week, month or year a rule happens that starts on `day`."""
    if part.freq is Freq.WEEKLY:
        return replace(part, weekdays=((0, day.weekday()),))
    if part.freq is Freq.MONTHLY:
        return replace(part, month_days=(day.day,))
    return replace(part, months=(day.month,), month_days=(day.day,))


def _clock_rule(part: Part, start: _Start) -> Rule:
    """Return a rule of hours or minutes: from the time said, in its phase, or one interval from now."""
    step = dt.timedelta(minutes=part.interval * (60 if part.freq is Freq.HOURLY else 1))
    now = start.today.now.replace(second=0, microsecond=0, tzinfo=None)
    time = start.time or (PART_TIMES[part.day_part] if part.day_part else None)
    if time is None and start.said and start.day != now.date():
        time = start.preferences.all_day_time
    moment = dt.datetime.combine(start.day, time) if time is not None else now + step
    if moment < now and not start.said:
        moment += -((moment - now) // step) * step
    if part.hours:
        moment = _within_hours(part, moment if time is not None else now, step)
    day = start.first(part, moment.date())
    return Rule(rrule(part), day, moment.time())


def _within_hours(part: Part, moment: dt.datetime, step: dt.timedelta) -> dt.datetime:
    """Return the first full step at or after a moment whose hour is one of the part's."""
    first = moment.replace(hour=part.hours[0], minute=0)
    while first < moment or first.hour not in part.hours:
        first += step
    return first


def _end(bound: Bound, first: dt.date, start: _Start) -> End:
    if bound.count is not None:
        return End(count=bound.count)
    if bound.until is not None:
        until = bound.until.resolve(start.seen_from_there())
    elif bound.lasting is not None:
        until = shift(start.day, bound.lasting) - dt.timedelta(days=1)
    else:
        return End()
    if until < first:
        raise InvalidField("It would end before its first date.", field="repeat", advice="Say a later end.")
    return End(until=until)
