"""The cases of a suite and their strict reading: one JSON object a line, each a phrase or a dialogue.

`form` says what the objects may hold. What does not fit is an error that names its line, never a case left out.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evals.form import (
    STORED,
    TURN,
    Check,
    FormError,
    Json,
    check_expectation,
    check_object,
    duration,
    text,
)
from taskora.domain.durations import read_duration

_SHARED = ("id", "cat", "now", "tz")


class SuiteError(ValueError):
    """A suite cannot be read; the text names each line at fault."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When and for whom something is typed: the instant, the user's IANA zone, locale and other preferences."""

    now: dt.datetime
    tz: str
    locale: str | None = None
    prefs: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line that is typed, and what it means."""

    id: str
    cat: str
    moment: Moment
    text: str
    expect: Json


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said in a dialogue, the time that passes before it, and what holds after it."""

    say: str
    expect: Json
    wait: dt.timedelta = dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation that begins with some tasks in store."""

    id: str
    cat: str
    moment: Moment
    tasks: tuple[Json, ...]
    turns: tuple[Turn, ...]

    @property
    def expect(self) -> Json:
        """Return what the turns expect, as a report shows it."""
        return {"turns": [{"say": turn.say, **turn.expect} for turn in self.turns]}


Case = Phrase | Dialogue


def read_suite(path: Path) -> list[Case]:
    """Read the cases of a file. Raises SuiteError naming every line at fault."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path}: cannot be read: {error}") from error
    return _read_lines(lines, path.name)


def _read_lines(lines: Iterable[str], name: str) -> list[Case]:
    cases: list[Case] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = read_case(line)
        except FormError as error:
            faults.append(f"{name}:{number}: {error}")
            continue
        if case.id in seen:
            faults.append(f"{name}:{number}: id {case.id!r} was used in line {seen[case.id]}")
        seen.setdefault(case.id, number)
        cases.append(case)
    if faults:
        raise SuiteError("\n".join(faults))
    if not cases:
        raise SuiteError(f"{name}: no case in it")
    return cases


def read_case(line: str) -> Case:
    """Read one line. Raises FormError."""
    try:
        raw = json.loads(line, object_pairs_hook=_distinct_keys)
    except json.JSONDecodeError as error:
        raise FormError(f"no JSON: {error}") from error
    if isinstance(raw, dict) and "turns" in raw:
        return _dialogue(_checked(raw, _DIALOGUE, (*_SHARED, "turns")))
    return _phrase(_checked(raw, _PHRASE, (*_SHARED, "text", "expect")))


def _distinct_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise FormError(f"a key stands twice among {', '.join(key for key, _ in pairs)}")
    return found


def _checked(raw: object, keys: dict[str, Check], needed: Iterable[str]) -> Json:
    found = check_object(raw, keys, "case")
    for key in found:
        if key not in keys:
            raise FormError(f"case: unknown key {key!r}")
    for key in needed:
        if key not in found:
            raise FormError(f"case: {key} is missing")
    return found


def _phrase(raw: Json) -> Phrase:
    expect = check_expectation(raw["expect"], "expect")
    return Phrase(str(raw["id"]), str(raw["cat"]), _moment(raw), str(raw["text"]), expect)


def _dialogue(raw: Json) -> Dialogue:
    stored, turns = raw.get("tasks", []), raw["turns"]
    if not isinstance(stored, list) or not isinstance(turns, list) or not turns:
        raise FormError("case: tasks and turns are lists, and turns holds at least one")
    tasks = tuple(_seed(task, f"task {number}") for number, task in enumerate(stored, start=1))
    spoken = tuple(_turn(turn, f"turn {number}") for number, turn in enumerate(turns, start=1))
    return Dialogue(str(raw["id"]), str(raw["cat"]), _moment(raw), tasks, spoken)


def _seed(raw: object, where: str) -> Json:
    found = check_object(raw, STORED, where)
    if "title" not in found:
        raise FormError(f"{where}: title is missing")
    return found


def _turn(raw: object, where: str) -> Turn:
    found = check_object(raw, {"say": text, "expect": lambda _: None, "wait": duration}, where)
    if "say" not in found:
        raise FormError(f"{where}: say is missing")
    expect = check_object(found.get("expect", {}), TURN, f"{where}: expect")
    wait = read_duration(str(found["wait"])) if "wait" in found else dt.timedelta(0)
    if wait < dt.timedelta(0):
        raise FormError(f"{where}: wait: time moves forward only")
    return Turn(str(found["say"]), expect, wait)


def _moment(raw: Json) -> Moment:
    locale, prefs = raw.get("locale"), raw.get("prefs", {})
    now = dt.datetime.fromisoformat(str(raw["now"]))
    return Moment(now, str(raw["tz"]), str(locale) if locale else None, prefs if isinstance(prefs, dict) else {})


def _instant(value: object) -> None:
    text(value)
    try:
        read = dt.datetime.fromisoformat(str(value))
    except ValueError as error:
        raise FormError(f"{value!r} is no ISO 8601 instant") from error
    if read.tzinfo is None:
        raise FormError(f"{value!r} has no offset, so it is no instant")


def _zone(value: object) -> None:
    text(value)
    try:
        ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise FormError(f"unknown zone {value!r}") from error


def _map(value: object) -> None:
    if not isinstance(value, dict):
        raise FormError("an object is needed")


def _string(value: object) -> None:
    """Check for a text, which may be empty: people press Enter too."""
    if not isinstance(value, str):
        raise FormError("a text is needed")


def _anything(_: object) -> None:
    """Leave the check to the reader of the part."""


_CASE: dict[str, Check] = {"id": text, "cat": text, "now": _instant, "tz": _zone, "locale": text, "prefs": _map}
_PHRASE: dict[str, Check] = {**_CASE, "text": _string, "expect": _anything}
_DIALOGUE: dict[str, Check] = {**_CASE, "tasks": _anything, "turns": _anything}
