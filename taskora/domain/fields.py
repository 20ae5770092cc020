"""The forms that a task's fields must have. Each check returns the value as it is kept, or raises InvalidField or TooLarge.

Words have been read before; what comes here is a title, a list of tags, a date. Not here: what a change does (`transitions`).
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from taskora.domain.due import Due, settled
from taskora.domain.durations import read_duration
from taskora.domain.encoding import instant_from_json
from taskora.domain.errors import InvalidField
from taskora.domain.task import DESCRIPTION_LIMIT, TAG_LIMIT, TAGS_LIMIT, TITLE_LIMIT

FIRST_YEAR = 1900
LAST_YEAR = 9998
"""The year 9999 stands for "no date" where dates are sorted."""
EARLIEST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2900, 1, 1, tzinfo=dt.UTC)
DURATION_LIMIT = dt.timedelta(days=366)
REMINDERS_LIMIT = 20
REMINDER_LIMIT = dt.timedelta(days=366)

_NOT_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def check_title(title: str) -> str:
    """Return the title without outer spaces; it is one line of 1 to 500 characters."""
    line = _line(title, "title")
    if not line:
        raise InvalidField("A task needs a title.", field="title", advice="Say what is to be done.")
    if len(line) > TITLE_LIMIT:
        raise InvalidField(
            f"The title has {len(line)} characters; {TITLE_LIMIT} are allowed.",
            field="title",
            advice="Shorten it and put the rest into the description.",
        )
    return line


def check_description(description: str) -> str:
    """Return the description with its newlines as LF; it has at most 16 KiB in UTF-8."""
    text = description.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    found = _NOT_IN_TEXT.search(text)
    if found is not None:
        raise _control(found[0], "description")
    size = len(text.encode())
    if size > DESCRIPTION_LIMIT:
        raise InvalidField(
            f"The description has {size} bytes; {DESCRIPTION_LIMIT} are allowed.",
            field="description",
            advice="Shorten it.",
        )
    return text


def check_tags(tags: Iterable[str], field: str = "tags") -> tuple[str, ...]:
    """Return the tags in their order, each once (case does not tell them apart) and without a leading `#`."""
    kept: dict[str, str] = {}
    for tag in tags:
        name = _line(tag, field).lstrip("#").strip()
        if not name:
            raise InvalidField("A tag needs a name.", field=field)
        if len(name) > TAG_LIMIT:
            raise InvalidField(f"A tag has {len(name)} characters; {TAG_LIMIT} are allowed.", field=field)
        kept.setdefault(tag_key(name), name)
    if len(kept) > TAGS_LIMIT:
        raise InvalidField(f"A task takes {TAGS_LIMIT} tags; these are {len(kept)}.", field=field)
    return tuple(kept.values())


def tag_key(name: str) -> str:
    """Return what makes a tag the same: its name without regard to case."""
    return name.casefold()


COLOURS: Mapping[str, str] = {
    "red": "#d92d20",
    "orange": "#dd6b20",
    "yellow": "#d69e2e",
    "green": "#2f855a",
    "teal": "#2c7a7b",
    "blue": "#2b6cb0",
    "purple": "#6b46c1",
    "pink": "#b83280",
    "brown": "#8b5e3c",
    "grey": "#718096",
}
"""Colours by name; each is dark enough for white text and light enough for a dark background."""


def check_colour(colour: str | None, field: str = "colour") -> str | None:
    """Return a colour as `#rrggbb` (CSS Color 4 §5.2); None stays None."""
    if colour is None:
        return None
    text = colour.strip().lower()
    if text in COLOURS:
        return COLOURS[text]
    if not _COLOUR.fullmatch(text):
        raise InvalidField(
            f"'{colour[:40]}' is no colour.", field=field, advice=f"Give #rrggbb, or one of {', '.join(COLOURS)}."
        )
    return text


def check_zone(zone: str, field: str = "zone") -> str:
    """Return an IANA zone name."""
    try:
        return ZoneInfo(zone).key
    except (KeyError, ValueError, OSError) as error:  # what zoneinfo raises depends on the form of the name
        raise InvalidField(
            f"'{zone[:60]}' is no time zone.", field=field, advice="Give an IANA name such as Europe/Paris."
        ) from error


def check_date(date: dt.date, field: str) -> dt.date:
    """Return a date of the years that can be sorted and compared in every zone."""
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise InvalidField(f"The year {date.year} is out of range.", field=field, advice="Give a year from 1900 on.")
    return date


def check_said_at(said_at: dt.datetime) -> dt.datetime:
    """Return an instant at which words may have been said: near enough to the present for any date they name."""
    if not EARLIEST <= said_at <= LATEST:
        raise InvalidField(
            "Nothing was said at that time.", field="said_at", advice="Leave it out, or send the present."
        )
    return said_at


def check_due(due: Due, field: str = "due") -> Due:
    """Return a due at a wall time that exists, to the minute or second, of a date in range."""
    check_date(due.date, field)
    if due.zone is not None:
        check_zone(due.zone, field)
    return settled(due)


def check_end(end: Due | None, due: Due | None, user_zone: str) -> Due | None:
    """Return the end of a task. Raises InvalidField when there is no beginning, or when it lies before it."""
    if end is None:
        return None
    end = check_due(end, "end")
    if due is None:
        raise InvalidField("An end needs a due date.", field="end")
    if end.all_day != due.all_day:
        raise InvalidField("The due date and the end must both have a time, or neither.", field="end")
    if end.instant(user_zone) < due.instant(user_zone):
        raise InvalidField("The end lies before the due date.", field="end")
    return end


def check_duration(duration: dt.timedelta) -> dt.timedelta:
    """Return a duration of a minute up to a year."""
    if not dt.timedelta(minutes=1) <= duration <= DURATION_LIMIT:
        raise InvalidField("A duration is at least a minute and at most a year.", field="duration_min")
    return duration


def check_reminders(reminders: Iterable[str]) -> tuple[dt.timedelta | dt.datetime, ...]:
    """Read reminders: offsets from the due (`-PT30M`) or instants (`2026-11-25T08:30:00+01:00`), each once."""
    kept = dict.fromkeys(_reminder(text) for text in reminders)
    if len(kept) > REMINDERS_LIMIT:
        raise InvalidField(f"A task takes {REMINDERS_LIMIT} reminders; these are {len(kept)}.", field="reminders")
    return tuple(kept)


def _reminder(text: str) -> dt.timedelta | dt.datetime:
    try:
        reminder = read_duration(text) if "P" in text[:2] else instant_from_json(text)
    except (ValueError, OverflowError) as error:
        raise InvalidField(
            f"'{text[:40]}' is no reminder.",
            field="reminders",
            advice="Give an offset such as -PT30M, or an instant with its offset.",
        ) from error
    if isinstance(reminder, dt.timedelta) and abs(reminder) > REMINDER_LIMIT:
        raise InvalidField("A reminder is at most a year away from the due date.", field="reminders")
    if isinstance(reminder, dt.datetime):
        check_date(reminder.date(), "reminders")
    return reminder


def _line(text: str, field: str) -> str:
    line = text.strip(" ")
    found = _NOT_IN_LINE.search(line)
    if found is not None:
        raise _control(found[0], field)
    return line.strip()


def _control(character: str, field: str) -> InvalidField:
    name = "a line break" if character in "\n\r\u2028\u2029" else f"the control character U+{ord(character):04X}"
    return InvalidField(f"The {field} holds {name}.", field=field, advice="Remove it and send the text again.")
