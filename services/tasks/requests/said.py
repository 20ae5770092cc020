"""What was said about the time of a task: words are read with the user's preferences, fields win over words."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from taskora.api import wire
from taskora.domain.due import Due, local_datetime
from taskora.domain.edits import Moved
from taskora.domain.errors import InvalidField, NotUnderstood
from taskora.domain.fields import check_date, check_due, check_duration
from taskora.domain.recurrence import validate
from taskora.domain.series import Anchor, End, Repeat, Rule
from taskora.domain.transitions import at_time_of
from taskora.nlu.reader import read_repeat, read_when
from taskora.nlu.reading import Command, Context

Result = TypeVar("Result")
WORDS_LIMIT = 2_000
COUNT_LIMIT = 10_000
"""Most tasks that a series with a count makes."""
_RRULE = "Give a rule such as FREQ=WEEKLY;BYDAY=MO,TH or FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12 (RFC 5545)."


@dataclass(frozen=True, slots=True)
class Said:
    """The time of a task as it was said. None: not said."""

    due: Due | None = None
    moved: Moved = Moved.WHOLE
    end: Due | None = None
    duration: dt.timedelta | None = None
    deadline: dt.date | None = None
    repeat: Repeat | None = None
    cleared: frozenset[str] = frozenset()
    assumptions: tuple[str, ...] = ()
    left: tuple[str, ...] = field(default=())


def time_of(
    fields: wire.Fields, context: Context, *, spoken: Command | None = None, present: Due | None = None
) -> Said:
    """Return what fields and words say; `spoken` is what was read from the words of the whole task.

    `present` is the due that the task has: a repetition goes on from there if no new one is said. Raises NotUnderstood or
    InvalidField that names the field.
    """
    said = Said() if spoken is None else _of_command(spoken)
    if fields.when is not None:
        said = _over(said, _of_words(fields.when, context))
    zone = context.preferences.zone
    due = None if fields.due is None else _due(fields.due, zone, "due")
    end = None if fields.end is None else _due(fields.end, zone, "end")
    stated = Said(
        due=due,
        end=end,
        duration=None if fields.duration_min is None else _minutes(fields.duration_min),
        deadline=None if fields.deadline is None else check_date(fields.deadline, "deadline"),
    )
    said = _over(said, stated)
    repeat = _repeat(fields, said.due or present, context)
    return said if repeat is None else replace(said, repeat=repeat)


def read(words: str, field_name: str, reader: Callable[[str, Context], Result], context: Context) -> Result:
    """Read words of a field; an error names the field unless the reader named another one."""
    if len(words) > WORDS_LIMIT:
        raise InvalidField(
            f"The words are {len(words)} characters long.", field=field_name, advice=f"At most {WORDS_LIMIT} are read."
        )
    try:
        return reader(words, context)
    except (NotUnderstood, InvalidField) as error:
        error.field = error.field or field_name
        raise


def _of_words(words: str, context: Context) -> Said:
    command = read(words, "when", read_when, context)
    said = _of_command(command)
    if said.due is None:
        return said
    if "time" in command.words and "day" not in command.words:
        return replace(said, moved=Moved.TIME)
    return replace(said, moved=Moved.DAY if said.due.all_day else Moved.WHOLE)


def _of_command(command: Command) -> Said:
    return Said(
        due=None if command.due is None else check_due(command.due),
        end=None if command.end is None else check_due(command.end, "end"),
        duration=None if command.duration is None else check_duration(command.duration),
        deadline=None if command.deadline is None else check_date(command.deadline.date, "deadline"),
        repeat=None if command.repeat is None else _checked(command.repeat),
        cleared=frozenset() if command.changes is None else command.changes.cleared,
        assumptions=command.assumptions,
        left=command.left,
    )


def _over(said: Said, later: Said) -> Said:
    """Let what was said more precisely win, part by part; a new due leaves the old end behind."""
    moved = later if later.due is not None or "due" in later.cleared else said
    return Said(
        due=moved.due,
        moved=moved.moved,
        end=later.end or (said.end if moved is said else None),
        duration=later.duration or said.duration,
        deadline=later.deadline or said.deadline,
        repeat=later.repeat or said.repeat,
        cleared=said.cleared | later.cleared,
        assumptions=(*said.assumptions, *later.assumptions),
        left=(*said.left, *later.left),
    )


def _due(given: wire.DueInput, user_zone: str, name: str) -> Due:
    if given.time is None:
        return check_due(Due(given.date), name)
    if given.time.tzinfo is not None:
        raise InvalidField("A time of day takes no offset.", field=name, advice="Give the zone in “zone”.")
    return check_due(Due(given.date, given.time, given.zone or user_zone), name)


def _minutes(minutes: int) -> dt.timedelta:
    if not 1 <= minutes <= 366 * 24 * 60:
        raise InvalidField("A duration is at least a minute and at most a year.", field="duration_min")
    return dt.timedelta(minutes=minutes)


def _repeat(fields: wire.Fields, due: Due | None, context: Context) -> Repeat | None:
    """Return the repetition that was said apart from the words of the task; it goes on from the due."""
    if fields.rrule is not None:
        repeat = _of_rrule(fields.rrule, due, context)
    elif fields.repeat is not None:
        repeat = read(fields.repeat, "repeat", read_repeat, _on_the_day(due, context))
    else:
        return None
    if fields.anchor is not None:
        repeat = replace(repeat, anchor=fields.anchor)
    _checked(repeat)
    return repeat if due is None else at_time_of(repeat, due)


def _on_the_day(due: Due | None, context: Context) -> Context:
    """Return the context in which "weekly" means the weekday of the due: the beginning of its day."""
    if due is None:
        return context
    return replace(context, now=Due(due.date).instant(context.preferences.zone))


def _of_rrule(text: str, due: Due | None, context: Context) -> Repeat:
    """Read a rule that may hold its end (RFC 5545 §3.3.10); an UNTIL in UTC means its date in the user's zone."""
    parts = [part for part in text.strip().upper().removeprefix("RRULE:").split(";") if part]
    ends = dict(part.split("=", 1) for part in parts if part.startswith(("UNTIL=", "COUNT=")))
    rule = ";".join(part for part in parts if not part.startswith(("UNTIL=", "COUNT=")))
    start = _today(context) if due is None else due.date
    try:
        until = _until(ends["UNTIL"], context) if "UNTIL" in ends else None
        end = End(until, int(ends["COUNT"]) if "COUNT" in ends else None)
    except ValueError as error:
        raise InvalidField(f"The end of the rule is wrong: {error}.", field="rrule", advice=_RRULE) from error
    try:
        return _checked(
            Repeat((Rule(rule, start, None if due is None else due.time),), end=end, anchor=Anchor.SCHEDULE)
        )
    except InvalidField as error:
        raise InvalidField(error.detail, field="rrule", advice=error.next_step or _RRULE) from error


def _until(text: str, context: Context) -> dt.date:
    if "T" not in text:
        return dt.datetime.strptime(text, "%Y%m%d").replace(tzinfo=dt.UTC).date()
    instant = dt.datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC)
    return local_datetime(instant, context.preferences.zone).date() if text.endswith("Z") else instant.date()


def _checked(repeat: Repeat) -> Repeat:
    for rule in (*repeat.rules, *repeat.excluded_rules):
        validate(rule.rrule)
    if repeat.end.count is not None and not 1 <= repeat.end.count <= COUNT_LIMIT:
        raise InvalidField(f"A task repeats 1 to {COUNT_LIMIT} times.", field="repeat")
    return repeat


def _today(context: Context) -> dt.date:
    return local_datetime(context.now, context.preferences.zone).date()
