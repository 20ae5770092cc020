"""The settings: one object, built once where a process starts and passed on. Every knob has its default and its reason.

Plain values and no settings library: every command of the terminal reads them, and such a library costs half a second.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path

from taskora.domain.errors import CannotStart

PREFIX = "TASKORA_"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _about(description: str, parse: Callable[[str], object]) -> dict[str, object]:
    """Say what a setting is for, and how its text is read; `parse` raises ValueError with what it accepts."""
    return {"description": description, "parse": parse}


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("an IANA name such as Europe/Berlin") from error
    return text


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError("a number from 1 to 65535")
    return int(text)


def _level(text: str) -> str:
    if text.upper() not in LEVELS:
        raise ValueError(f"one of {', '.join(LEVELS)}")
    return text.upper()


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise ValueError("a whole number above 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise ValueError("a number of seconds above 0")
    return seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Taskora's settings."""

    data_dir: Path = field(
        default_factory=lambda: user_data_path("taskora", appauthor=False),
        metadata=_about(
            "Folder of the database, the log and host.json. Unset: the place for a user's data on this system.", _path
        ),
    )
    port: int | None = field(
        default=None,
        metadata=_about("Port on the loopback address. Unset: 8710, or a free one if that is taken.", _port),
    )
    zone: str | None = field(
        default=None,
        metadata=_about("The user's IANA time zone until a preference says otherwise. Unset: the machine's.", _zone),
    )
    clock_file: Path | None = field(
        default=None,
        metadata=_about("For tests: a file with an ISO 8601 instant that stands for the present time.", _path),
    )
    body_limit: int = field(
        default=1024 * 1024,
        metadata=_about("Largest request body in bytes: a hundred tasks with long descriptions fit in.", _count),
    )
    request_wait: float = field(
        default=5.0,
        metadata=_about("Seconds that a write waits for the database before it is refused as busy.", _seconds),
    )
    delivery_attempts: int = field(
        default=10,
        metadata=_about("Times that a handler gets an event before it is a dead letter: some three minutes.", _count),
    )
    delivery_pause: float = field(
        default=60.0,
        metadata=_about("Longest pause in seconds before an event is tried again; pauses double from 0.2.", _seconds),
    )
    log_level: str = field(default="INFO", metadata=_about("Least severity that is logged.", _level))

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Return the settings that variables such as TASKORA_PORT ask for; an empty one counts as unset.

        Raises CannotStart naming the variable whose text cannot be read.
        """
        given: dict[str, Any] = {}
        for setting in fields(cls):
            name = PREFIX + setting.name.upper()
            text = environment.get(name, "").strip()
            if not text:
                continue
            try:
                given[setting.name] = setting.metadata["parse"](text)
            except ValueError as error:
                raise CannotStart(f"{name} is {text!r}.", advice=f"Set it to {error}, or unset it.") from error
        return cls(**given)

    def environment(self) -> dict[str, str]:
        """Return the variables by which another process reads the same settings."""
        values = {PREFIX + setting.name.upper(): getattr(self, setting.name) for setting in fields(self)}
        return {name: str(value) for name, value in values.items() if value is not None}
