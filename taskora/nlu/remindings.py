"""From words for reminders to values: lengths of time before the due, or wall times."""

import datetime as dt
from collections.abc import Sequence

from taskora.domain.due import Due
from taskora.nlu.clocks import Clock, TimeOfDay
from taskora.nlu.dates.expressions import DateExpression, Shifted
from taskora.nlu.dates.today import Today, shift
from taskora.nlu.quantities import Quantity
from taskora.nlu.reading import Context
from taskora.nlu.reminders import Reminding
from taskora.nlu.resolution import When, moment_due, settle

Reminder = dt.timedelta | Due


def resolve_reminders(
    remindings: Sequence[Reminding], due: Due | None, context: Context
) -> tuple[tuple[Reminder, ...], tuple[str, ...]]:
    """Return the reminders (negative: before the due) and what was assumed."""
    found: list[Reminder] = []
    notes: list[str] = []
    for reminding in remindings:
        reminder, said = _resolve(reminding, due, context)
        if reminder is not None and reminder not in found:
            found.append(reminder)
            notes.extend(said)
    return tuple(found), tuple(notes)


def as_when(reminding: Reminding) -> When:
    """Return a reminder's own day and time as a due: remind me at 8pm, in a line that says no other time."""
    if isinstance(reminding.date, Shifted) and reminding.date.by.by_clock:
        return When(moment=reminding.date)
    return _when(reminding.date, reminding.time)


def _when(date: DateExpression | None, time: TimeOfDay | None) -> When:
    if isinstance(time, Clock):
        return When(date=date, clock=time)
    return When(date=date, part=time)


def _resolve(reminding: Reminding, due: Due | None, context: Context) -> tuple[Reminder | None, tuple[str, ...]]:
    before = reminding.before
    if before is None:
        return _at_own_time(reminding, due, context)
    if reminding.time is None and before.elapsed is not None:
        return -before.elapsed, ()
    if due is None:
        return None, ()
    day = shift(due.date, before * -1)
    time = reminding.time.time if reminding.time else due.time or context.preferences.all_day_time
    notes = reminding.time.notes() if reminding.time else ()
    return Due(day, time, context.preferences.zone), notes


def _at_own_time(reminding: Reminding, due: Due | None, context: Context) -> tuple[Reminder | None, tuple[str, ...]]:
    """Return a reminder at a wall time; without a day, on the due's day when that is early enough, else the day before."""
    when = as_when(reminding)
    if when.moment is not None:
        return moment_due(when.moment, context), ()
    zone = context.preferences.zone
    if when.date is None and due is not None and reminding.time is not None:
        time = reminding.time.time
        early = due.time is None or time < due.time
        return Due(due.date if early else shift(due.date, Quantity(days=-1)), time, zone), reminding.time.notes()
    settled = settle(when, context)
    if settled.due is not None and settled.due.time is None:
        return Due(settled.due.date, context.preferences.all_day_time, zone), settled.notes
    return settled.due, settled.notes


def on_its_day(date: DateExpression, context: Context) -> tuple[Due, tuple[str, ...]]:
    """Return a day as an all-day due, with its notes."""
    today = Today.of(context)
    return Due(date.resolve(today)), date.notes(today)
