"""What was said about a series beside its rules: days to leave out or to take in again, and where it ends. All in words."""

import datetime as dt
from collections.abc import Sequence

from services.tasks.requests.said import COUNT_LIMIT, read
from taskora.domain.errors import InvalidField, NotUnderstood
from taskora.domain.exceptions import Days
from taskora.domain.fields import check_due
from taskora.domain.series import End
from taskora.nlu.reader import read_repeat, read_when
from taskora.nlu.reading import Context

DAYS_LIMIT = 100
_NEVER = frozenset(
    {"never", "forever", "no end", "none", "without end", "without an end", "indefinitely", "not at all"}
)
_LEADS = ("ends ", "ending ", "end ", "until ", "till ", "by ", "on ", "at ", "with ")
_LASTING = ("for ", "over ", "next ")


def days_of(words: Sequence[str] | None, name: str, context: Context) -> tuple[Days, ...]:
    """Return the days that words name, each a day, a time of a day, or a range. Raises NotUnderstood, InvalidField."""
    if words is not None and len(words) > DAYS_LIMIT:
        raise InvalidField(f"At most {DAYS_LIMIT} days can be named at once.", field=name)
    return tuple(_days(one, name, context) for one in words or ())


def end_of(words: str, context: Context) -> End:
    """Return the end that words name: "never", "in june", "after 5 times", "on 24 dec". Raises NotUnderstood, InvalidField."""
    said = " ".join(words.lower().split())
    for lead in _LEADS:
        said = said.removeprefix(lead)
    if said in _NEVER:
        return End()
    forms = [f"every day ending {said}", f"every day {said}", f"every day for {said}"]
    for form in forms[1:] + forms[:1] if said.startswith(_LASTING) else forms:
        end = _end(form, context)
        if end is not None:
            return _checked(end)
    raise NotUnderstood(
        f"I can't read “{words[:80]}” as an end.", field="ends", advice="Say “in june”, “after 5 times” or “never”."
    )


def _end(words: str, context: Context) -> End | None:
    try:
        end = read(words, "ends", read_repeat, context).end
    except (NotUnderstood, InvalidField):
        return None
    return None if end.never else end


def _checked(end: End) -> End:
    if end.count is not None and end.count > COUNT_LIMIT:
        raise InvalidField(f"A task repeats 1 to {COUNT_LIMIT} times.", field="ends")
    return end


def _days(words: str, name: str, context: Context) -> Days:
    try:
        command = read(words, name, read_when, context)
    except (NotUnderstood, InvalidField) as error:
        error.field = name  # the reader knows of `when` alone
        raise
    if command.due is None:
        raise NotUnderstood(f"“{words[:80]}” names no day.", field=name, advice="Say it as “25 december”.")
    first = check_due(command.due, name)
    last: dt.date | None = None
    if command.end is not None and first.all_day:
        last = check_due(command.end, name).date
        if last < first.date:
            raise InvalidField(f"“{words[:80]}” ends before it begins.", field=name)
    return Days(first, last)
