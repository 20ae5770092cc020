"""`taskora explain`: how a line is read, in colour on a terminal. Reads only; no host is asked and nothing is changed."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

import click

from services.local.cli.colours import BY_KIND
from services.local.cli.screen import Screen
from services.local.cli.words import joined
from services.local.zone import user_zone
from taskora.config import Settings
from taskora.domain.due import Due
from taskora.domain.errors import InvalidField
from taskora.domain.preferences import Preferences
from taskora.domain.series import Repeat
from taskora.domain.wording import due_text, rule_text
from taskora.nlu.explaining import Explanation, Sight, explain
from taskora.nlu.reading import Command, Context

_NOTHING: tuple[object, ...] = (None, (), "", False, {}, frozenset())


def run(settings: Settings, screen: Screen, words: Sequence[str]) -> None:
    """Print the line with its pieces coloured, each piece with score and reason, and the commands that came of it."""
    text = joined(words)
    if not text:
        raise InvalidField("Which line?", advice="Such as: taskora explain call mom tomorrow at 5pm")
    context = Context(screen.now, Preferences(zone=user_zone(settings)))
    found = explain(text, context)
    screen.show(_facts(text, found), lambda: _draw(screen, text, found))


def _facts(text: str, found: Explanation) -> dict[str, object]:
    return {
        "text": text,
        "spans": [dataclasses.asdict(span) for span in found.reading.spans],
        "sights": [dataclasses.asdict(sight) for sight in found.sights],
        "commands": [{"intent": one.intent.value, **dict(_fields(one))} for one in found.reading.commands],
    }


def _draw(screen: Screen, text: str, found: Explanation) -> None:
    screen.say(_coloured(text, found))
    for sight in found.sights:
        screen.say(_row(sight))
    for command in found.reading.commands:
        screen.say()
        screen.say(click.style(command.intent.value, bold=True))
        for name, value in _fields(command):
            screen.say(f"  {name:<12} {value}")


def _coloured(text: str, found: Explanation) -> str:
    pieces, position = [], 0
    for span in found.reading.spans:
        pieces.append(text[position : span.start])
        pieces.append(click.style(text[span.start : span.end], fg=BY_KIND.get(span.kind), underline=True))
        position = span.end
    return "".join((*pieces, text[position:]))


def _row(sight: Sight) -> str:
    mark = click.style("✓", fg="green") if sight.used else click.style("·", dim=True)
    kind = click.style(f"{sight.kind:<9}", fg=BY_KIND.get(sight.kind))
    return f"  {mark} {kind} {sight.score:.2f}  “{sight.text}”: {sight.why}"


def _fields(command: Command) -> Iterable[tuple[str, str]]:
    """Yield what a command holds, in words; what was not said is left out."""
    for field in dataclasses.fields(command):
        value = getattr(command, field.name)
        if field.name in {"intent", "text"} or value in _NOTHING:
            continue
        yield field.name, _shown(value)


def _shown(value: object) -> str:
    """Put dates, rules and lists in words; what has none is printed as it is."""
    if isinstance(value, Due):
        return due_text(value)
    if isinstance(value, Repeat):
        return rule_text(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    if isinstance(value, tuple | frozenset):
        return ", ".join(map(_shown, value))
    if dataclasses.is_dataclass(value):
        named = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return ", ".join(f"{name}: {_shown(one)}" for name, one in named if one not in _NOTHING) or "all open tasks"
    return str(value)
