"""The dates of a series: its first, its next after a completion, all in order. python-dateutil expands single rules.

Pure: the instant of completion and the zones come in. Rules are expanded as wall times and become instants only when they
are compared, so a wall time survives daylight saving: one inside the spring gap moves forward, one that occurs twice
means the first (see `due_of`), and no date is lost or doubled. Expansion starts near the point asked for, in the phase of
the rule's interval, so a series that began ten years ago costs no more than a new one.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice, takewhile

from taskora.domain.due import Due, due_of, local_datetime, settled, wall_instant
from taskora.domain.expansion import HORIZON, walls
from taskora.domain.rules import parse, validate
from taskora.domain.series import Anchor, Repeat, Rule

__all__ = [
    "PASSED_OVER_LIMIT",
    "Occurrence",
    "first_occurrence",
    "next_occurrence",
    "occurrence_after_skipping",
    "occurrences",
    "upcoming",
    "validate",
]

PASSED_OVER_LIMIT = 10_000
"""Passed-over dates are counted no further than this; the next date is right all the same."""

_EXCLUDED_LIMIT = 50_000
"""So many excluded dates in a row, or dates over so many years as `HORIZON`, end the search: there is no further date."""

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The next date of a series, and how many of its dates went by unused before it."""

    due: Due
    passed_over: int


@dataclass(frozen=True, slots=True)
class _Point:
    """What a date must be strictly after: an all-day one after `day`, a timed one after `instant`."""

    day: dt.date
    instant: dt.datetime

    def before(self, candidate: "_Candidate") -> bool:
        if candidate.due.all_day:
            return candidate.due.date > self.day
        return candidate.instant > self.instant

    def later(self, other: "_Point") -> "_Point":
        return _Point(max(self.day, other.day), max(self.instant, other.instant))

    def since(self, zone: str) -> dt.date:
        """Return a local day before any date that can follow this point in `zone`."""
        return min(self.day, local_datetime(self.instant, zone).date()) - _DAY


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A date of a rule. `day` is the rule's own date, before a gap moved the time."""

    instant: dt.datetime
    due: Due
    day: dt.date


def first_occurrence(repeat: Repeat, zone: str, not_before: dt.datetime) -> Due | None:
    """Return the first date of a new series at or after an instant; all-day dates count from that local day in `zone`.

    None when the rules have no such date before the series' end.
    """
    day = local_datetime(not_before, zone).date()
    point = _Point(day - _DAY, not_before - dt.timedelta.resolution)
    for candidate in _candidates(repeat, zone, day - _DAY):
        if point.before(candidate):
            return candidate.due if _within(repeat, candidate.due) else None
    return None


def occurrences(repeat: Repeat, zone: str) -> Iterator[Due]:
    """Yield the dates of a series from its start in order, up to its end; without one they go on to the year 9999."""
    since = min(rule.start for rule in repeat.rules)
    dues = (candidate.due for candidate in _candidates(repeat, zone, since))
    return islice(takewhile(lambda due: _within(repeat, due), dues), repeat.end.count)


def next_occurrence(
    repeat: Repeat,
    zone: str,
    *,
    occurrence: Due,
    due: Due | None,
    completed_at: dt.datetime,
    user_zone: str,
    made: int,
) -> Occurrence | None:
    """Return the date that follows a completion, or None when the series has ended.

    It is the first date strictly after the latest of the completed task's occurrence date, its present due and the
    completion. Timed dates are compared as instants, all-day ones as local dates in `user_zone`. `zone` is that of the
    timed rules, `made` the number of tasks that the series has made so far.
    """
    if repeat.end.count is not None and made >= repeat.end.count:
        return None
    start = _point(occurrence, user_zone)
    point = _completion(completed_at, user_zone).later(start)
    if due is not None:
        point = point.later(_point(due, user_zone))
    if repeat.anchor is Anchor.COMPLETION:
        repeat, start, point = _from_completion(repeat, zone, completed_at, user_zone, point)
    upcoming = filter(point.before, _candidates(repeat, zone, point.since(zone), user_zone))
    found = next(upcoming, None)
    if found is None or not _within(repeat, found.due):
        return None
    return Occurrence(found.due, _passed_over(repeat, zone, start, point, user_zone))


def upcoming(
    repeat: Repeat, zone: str, *, occurrence: Due, due: Due | None, now: dt.datetime, user_zone: str, made: int
) -> Iterator[Due]:
    """Yield the dates that follow an open occurrence, as they come if each is completed on its day, and none before now."""
    while True:
        done = max(now, (due or occurrence).instant(user_zone))
        found = next_occurrence(
            repeat, zone, occurrence=occurrence, due=due, completed_at=done, user_zone=user_zone, made=made
        )
        if found is None:
            return
        yield found.due
        occurrence = due = found.due
        made += 1


def occurrence_after_skipping(
    repeat: Repeat, zone: str, *, occurrence: Due, due: Due | None, now: dt.datetime, user_zone: str
) -> Due | None:
    """Return the date to which a task moves that is skipped, or None when its series has no further one.

    It is the first date strictly after the task's occurrence date and its present due that has not passed: an all-day one
    may be today. Counted from completion, the rules start at the skipped date, or now if that has passed.
    """
    point = _point(occurrence, user_zone)
    if due is not None:
        point = point.later(_point(due, user_zone))
    if repeat.anchor is Anchor.COMPLETION:
        point = point.later(_completion(now, user_zone))
        repeat, _, point = _from_completion(repeat, zone, point.instant, user_zone, point)
    else:
        point = point.later(_Point(local_datetime(now, user_zone).date() - _DAY, now - dt.timedelta.resolution))
    found = next(filter(point.before, _candidates(repeat, zone, point.since(zone), user_zone)), None)
    return found.due if found is not None and _within(repeat, found.due) else None


def _passed_over(repeat: Repeat, zone: str, start: _Point, point: _Point, user_zone: str) -> int:
    """Count the dates after `start` that are not after `point`."""
    if start == point:
        return 0
    dates = _candidates(repeat, zone, start.since(zone), user_zone)
    between = takewhile(lambda date: not point.before(date), dates)
    return sum(1 for _ in islice(filter(start.before, between), PASSED_OVER_LIMIT))


def _within(repeat: Repeat, due: Due) -> bool:
    return repeat.end.until is None or due.date <= repeat.end.until


def _point(due: Due, user_zone: str) -> _Point:
    """Count an all-day due to the end of its day, so that a timed date that follows it is on a later one."""
    if due.all_day:
        return _Point(due.date, wall_instant(due.date + _DAY, dt.time(0), user_zone) - dt.timedelta.resolution)
    return _Point(due.date, due.instant(user_zone))


def _completion(completed_at: dt.datetime, user_zone: str) -> _Point:
    return _Point(local_datetime(completed_at, user_zone).date(), completed_at)


def _from_completion(
    repeat: Repeat, zone: str, completed_at: dt.datetime, user_zone: str, point: _Point
) -> tuple[Repeat, _Point, _Point]:
    """Let the rules start at the local completion date; the date itself is no occurrence. Nothing is passed over.

    Rules of hours and minutes start at the minute of completion instead.
    """
    local = local_datetime(completed_at, zone)
    minute = due_of(completed_at.replace(second=0, microsecond=0), zone)
    rules = []
    for rule in repeat.rules:
        if parse(rule.rrule).within_a_day:
            rules.append(replace(rule, start=minute.date, time=minute.time))
            continue
        day = local.date() if rule.time else local_datetime(completed_at, user_zone).date()
        rules.append(replace(rule, start=day))
        if rule.time is not None:
            point = point.later(_Point(point.day, _point(Due(day), zone).instant))
    return replace(repeat, rules=tuple(rules)), point, point


def _candidates(repeat: Repeat, zone: str, since: dt.date, user_zone: str | None = None) -> Iterator[_Candidate]:
    """Yield the dates of all rules on or after a local day: merged in order, each instant once, without the excluded."""
    excluded = _Excluded(repeat, since)
    streams = [_rule_candidates(rule, repeat.anchor, zone, since, user_zone or zone) for rule in repeat.rules]
    last: _Candidate | None = None
    dropped = 0
    for candidate in merge(*streams, key=lambda candidate: candidate.instant):
        if excluded.covers(candidate):
            dropped += 1
            if dropped >= _EXCLUDED_LIMIT or candidate.day - (last.day if last else since) > HORIZON:
                return
        elif last is None or candidate.instant > last.instant:
            last, dropped = candidate, 0
            yield candidate


def _rule_candidates(rule: Rule, anchor: Anchor, zone: str, since: dt.date, user_zone: str) -> Iterator[_Candidate]:
    parts = parse(rule.rrule)
    if rule.time is None and not parts.within_a_day:
        days = (wall.date() for wall in walls(rule, since))
        return (_Candidate(wall_instant(day, dt.time(0), user_zone), Due(day), day) for day in days)
    if anchor is Anchor.COMPLETION and parts.within_a_day and not parts.limited:
        return _elapsed(rule, zone, since)
    return _timed(rule, zone, since)


def _timed(rule: Rule, zone: str, since: dt.date) -> Iterator[_Candidate]:
    """Yield the dates of a timed rule by their instants: one that a gap moved waits for those it moved past."""
    moved: list[_Candidate] = []
    for wall in walls(rule, since):
        due = settled(Due(wall.date(), wall.time(), zone))
        candidate = _Candidate(due.instant(zone), due, wall.date())
        if (due.date, due.time) != (wall.date(), wall.time()):
            moved.append(candidate)
            continue
        while moved and moved[0].instant <= candidate.instant:
            yield moved.pop(0)
        yield candidate
    yield from moved


def _elapsed(rule: Rule, zone: str, since: dt.date) -> Iterator[_Candidate]:
    """Yield the dates of "N hours after completion": elapsed time, whatever the clocks do meanwhile."""
    parts = parse(rule.rrule)
    step = dt.timedelta(minutes=parts.interval * (60 if parts.freq == "HOURLY" else 1))
    instant = wall_instant(rule.start, rule.time or dt.time(0), zone)
    instant += max(0, (wall_instant(since, dt.time(0), zone) - instant) // step) * step
    while True:
        due = due_of(instant, zone)
        yield _Candidate(due.instant(zone), due, due.date)
        instant += step


class _Excluded:
    """The excluded dates and rules of a repeat, asked in the order of the dates. A rule with a time excludes only that time."""

    def __init__(self, repeat: Repeat, since: dt.date) -> None:
        self._dates = frozenset(repeat.excluded_dates)
        self._streams = [(rule.time, walls(rule, since - _DAY)) for rule in repeat.excluded_rules]
        self._seen: list[dt.date] = [dt.date.min for _ in self._streams]

    def covers(self, candidate: _Candidate) -> bool:
        if candidate.day in self._dates:
            return True
        if candidate.due.time is not None and dt.datetime.combine(candidate.day, candidate.due.time) in self._dates:
            return True
        return any(self._rule_covers(index, candidate) for index in range(len(self._streams)))

    def _rule_covers(self, index: int, candidate: _Candidate) -> bool:
        time, stream = self._streams[index]
        while self._seen[index] < candidate.day:
            self._seen[index] = next((wall.date() for wall in stream), dt.date.max)
        return self._seen[index] == candidate.day and time in {None, candidate.due.time}
