"""Create: a new open task, with its series when it repeats."""

from services.tasks.steps import new_id
from services.tasks.work import Done, Item, Work
from taskora.domain.due import Due
from taskora.domain.edits import Draft
from taskora.domain.errors import InvalidField
from taskora.domain.preferences import Preferences
from taskora.domain.series import Repeat, Series
from taskora.domain.transitions import create, start_series


def create_task(draft: Draft, assumptions: tuple[str, ...] = (), left: tuple[str, ...] = ()) -> Item:
    """Return the item that creates a task; what was assumed while reading the words is passed on."""

    def item(work: Work) -> Done:
        series = None if draft.repeat is None else begin_series(work, draft.repeat, draft.due)
        task = create(
            draft,
            task_id=new_id(),
            user_id=work.user.user_id,
            number=work.next_number(),
            series_id=None if series is None else series.id,
            now=work.now,
        )
        return Done(work.insert(task, series), series, assumptions, left)

    return item


def begin_series(work: Work, repeat: Repeat, due: Due | None) -> Series:
    """Insert a new series that begins with a due. Raises InvalidField when it has no end and the user asks for one."""
    check_repeat(repeat, work.user.preferences)
    zone = zone_of(repeat, due, work.user.zone)
    series = start_series(repeat, series_id=new_id(), user_id=work.user.user_id, user_zone=zone)
    work.insert_series(series)
    return series


def zone_of(repeat: Repeat, due: Due | None, user_zone: str) -> str:
    """Return the zone of timed rules: that of the due whose time they have, else the user's, in which they were said."""
    if due is None or due.zone is None or due.time not in {rule.time for rule in repeat.rules}:
        return user_zone
    return due.zone


def check_repeat(repeat: Repeat, preferences: Preferences) -> None:
    """Raise InvalidField for a repetition without an end when the user's preferences require one."""
    if preferences.require_end and repeat.end.never:
        raise InvalidField(
            "This repetition has no end.", field="repeat", advice="Say until when, or how many times, it repeats."
        )
