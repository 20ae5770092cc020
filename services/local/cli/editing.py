"""`taskora move` and `taskora edit`: which words name the task and which say what becomes of it.

The reader of `nlu` only splits the words here; what a date or a rule means is worked out by the task service.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.local.cli import outcome
from services.local.cli.changing import Verb, change
from services.local.cli.host_client import HostClient
from services.local.cli.present import now
from services.local.cli.screen import Screen
from services.local.cli.words import Named, is_number, joined, named
from services.local.zone import user_zone
from taskora.config import Settings
from taskora.domain.errors import InvalidField, NotUnderstood, Refused

if TYPE_CHECKING:
    from taskora.nlu.reading import Context

Fields = dict[str, object]
MOVE = Verb("move", "move dentist friday 3pm", "PATCH", "/tasks", "any", outcome.moved)
EDIT = Verb("change", "edit dentist high #health", "PATCH", "/tasks", "any", outcome.changed)
_LEVEL = re.compile(r"\s(?:to\s+)?(?:priority\s+)?(low|medium|high|urgent)(?:\s+priority)?$", re.IGNORECASE)
_TAG = re.compile(r"\s#(?!\d+\b)(\S+)")
_TAG_AWAY = re.compile(r"\s(?:not|without)\s+#(\S+)", re.IGNORECASE)
_NO = re.compile(
    r"\s(?:no|without)\s+(due|date|time|repeat|deadline|description|note|tags|reminders|end)s?\b", re.IGNORECASE
)
_CLEARS = {"date": "due", "note": "description"}
_LINK = re.compile(r"(?:^|\s)(?:to|for|until)$", re.IGNORECASE)


def move(client: HostClient, screen: Screen, words: Sequence[str], *, scope: str | None, yes: bool) -> int:
    """Give tasks the date that the words say."""
    targets, fields = moving(client.settings, words)
    if scope:
        fields["scope"] = scope
    answer, items = change(client, screen, MOVE, targets, fields, yes=yes)
    return outcome.tell(screen, answer, MOVE.sentence, items)


def edit(client: HostClient, screen: Screen, words: Sequence[str], given: Fields, *, yes: bool) -> int:
    """Change tasks by what the words say and by options, which win."""
    targets, fields = (named(words), given) if given else editing(client.settings, words)
    answer, items = change(client, screen, EDIT, targets, fields, yes=yes)
    return outcome.tell(screen, answer, EDIT.sentence, items)


def moving(settings: Settings, words: Sequence[str]) -> tuple[Named, Fields]:
    """Return which tasks move, and to when. Raises InvalidField where one of the two is missing."""
    leading, rest = _numbers_first(words)
    if leading:
        said = joined(rest)
        return Named(leading), _when(settings, "it", re.sub(r"^(?:to|for)\s+", "", said, flags=re.IGNORECASE))
    text = joined(words)
    first, _, after = text.partition(" ")
    if first.lower() in {"all", "everything"}:
        period, _, goal = after.rpartition(" to ")
        if not period or not goal:
            raise InvalidField("Say where to.", advice="Such as: taskora move all overdue to tomorrow")
        return named([first, *period.split()]), _when(settings, "it", goal)
    title, when = _split_date(settings, text)
    return named([title]), when


def editing(settings: Settings, words: Sequence[str]) -> tuple[Named, Fields]:
    """Return which tasks change, and how. Raises InvalidField where one of the two is missing."""
    leading, rest = _numbers_first(words)
    text = f"x {joined(rest)}" if leading else joined(words)
    fields: Fields = {}
    text = _cleared(text, fields)
    level = _LEVEL.search(text)
    if level:
        fields["priority"] = level[1].lower()
        text = text[: level.start()]
    title = _read_fields(settings, text, fields)
    if not fields:
        raise InvalidField("Say what to change.", advice="Such as: taskora edit dentist high #health")
    return Named(leading) if leading else named([title]), fields


def _numbers_first(words: Sequence[str]) -> tuple[tuple[str, ...], Sequence[str]]:
    """Return the numbers, or the one quoted title, with which the words begin, and the rest."""
    parts = [
        part for word in words for part in ([word] if " " in word.strip() else re.split(r"(?<=,)|,$", word)) if part
    ]
    if len(words) > 1 and " " in words[0].strip():
        return (words[0].strip(),), words[1:]
    leading: list[str] = []
    for part in parts:
        bare = part.strip(",")
        if not (is_number(bare) or (leading and bare.lower() in {"and", ""})):
            break
        leading.append(bare)
    if len(leading) == len(parts) and len(leading) > 1:
        leading.pop()
    return tuple(one for one in leading if is_number(one)), parts[len(leading) :]


def _split_date(settings: Settings, text: str) -> tuple[str, Fields]:
    from taskora.nlu.reader import read_line, read_task
    from taskora.nlu.reading import Intent

    context = _context(settings)
    (command, *more) = read_line(f"move {text}", context).commands
    if command.intent is Intent.UPDATE and command.target and not more:
        for name in ("shift", "when"):
            if name in command.words:
                return command.target, {name: command.words[name]}
    try:
        task = read_task(text, context)
    except NotUnderstood as error:
        raise _no_date() from error
    if task.title is None or "when" not in task.words:
        raise _no_date()
    return _LINK.sub("", task.title).strip() or task.title, {"when": task.words["when"]}


def _when(settings: Settings, name: str, words: str) -> Fields:
    """Return a date, or a shift such as "by 2 days", as a field."""
    if not words:
        raise _no_date()
    if words.lower().startswith("by "):
        _, fields = _split_date(settings, f"{name} {words}")
        return fields
    return {"when": words}


def _read_fields(settings: Settings, text: str, fields: Fields) -> str:
    """Put what the words say into the fields and return the words that name the task."""
    from taskora.nlu.reader import read_task

    try:
        said = read_task(text, _context(settings))
    except Refused as error:
        raise InvalidField(error.detail, advice=error.next_step or "Name the task first.") from error
    fields.update({name: said.words[name] for name in ("when", "repeat") if name in said.words})
    if said.priority is not None:
        fields["priority"] = said.priority.value
    if said.tags:
        fields["tags_add"] = [*said.tags, *_listed(fields.get("tags_add"))]
    if said.description:
        fields["note"] = said.description
    if said.duration is not None:
        fields["duration_min"] = round(said.duration.total_seconds() / 60)
    offsets = [one for one in said.reminders if isinstance(one, dt.timedelta)]
    if offsets:
        from taskora.domain.durations import write_duration

        fields["reminders"] = [write_duration(one) for one in offsets]
    return _LINK.sub("", said.title or text).strip()


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _cleared(text: str, fields: Fields) -> str:
    """Take tags and words such as "no date", "without #home" out of the words."""
    away = _TAG_AWAY.findall(text)
    if away:
        fields["tags_remove"] = away
    text = _TAG_AWAY.sub("", text)
    tags = _TAG.findall(text)
    if tags:
        fields["tags_add"] = tags
    text = _TAG.sub("", text)
    cleared = [_CLEARS.get(word.lower(), word.lower()) for word in _NO.findall(text)]
    if cleared:
        fields["clear"] = cleared
    return _NO.sub("", text)


def _context(settings: Settings) -> "Context":
    from taskora.domain.preferences import Preferences
    from taskora.nlu.reading import Context

    return Context(now(settings), Preferences(zone=user_zone(settings)))


def _no_date() -> InvalidField:
    return InvalidField("Say which task, and when.", advice="Such as: taskora move dentist friday 3pm")
