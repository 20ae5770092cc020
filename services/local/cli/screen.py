"""How a command shows what it has to say: as JSON, in plain lines for a pipe, or drawn for a terminal, in colours where wanted.

Rich is imported by what draws with it alone (`drawing`); what is a line or two gets its colours here.
"""

import datetime as dt
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import click

from services.local.cli.present import now
from taskora.config import Settings

NARROW = 40
"""Columns for which everything is made to fit; a terminal that is narrower still wraps lines by itself."""
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), "�") | {9: " ", 10: " ", 13: " "}


class Look(StrEnum):
    """The ways in which an answer can be shown."""

    JSON = "json"
    PLAIN = "plain"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Screen:
    """Where and when a command shows its answer. `asks`: a person is there to answer a question."""

    look: Look
    coloured: bool
    asks: bool
    width: int
    now: dt.datetime

    @classmethod
    def of(cls, settings: Settings, *, as_json: bool, environment: Mapping[str, str] = os.environ) -> "Screen":
        """Look at the streams of this process and at NO_COLOR, TERM and COLUMNS."""
        terminal = sys.stdout.isatty() and environment.get("TERM") != "dumb"
        look = Look.JSON if as_json else Look.DRAWN if terminal else Look.PLAIN
        return cls(
            look,
            coloured=terminal and not environment.get("NO_COLOR"),
            asks=not as_json and sys.stdin.isatty() and sys.stdout.isatty(),
            width=max(NARROW, shutil.get_terminal_size().columns),
            now=now(settings),
        )

    def say(self, line: str = "", **style: object) -> None:
        """Print a line; on a coloured terminal in that style (see `click.style`)."""
        click.echo(self.styled(line, **style), color=self.coloured)

    def styled(self, text: str, **style: object) -> str:
        """Return text in a style, as it is where no colours are wanted."""
        return click.style(text, **style) if self.coloured and style else text  # type: ignore[arg-type]  # its keywords

    def json(self, answer: object) -> None:
        """Print an answer for programs."""
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))

    def show(self, answer: object, plain: Callable[[], None], drawn: Callable[[], None] | None = None) -> None:
        """Print an answer in the way of this screen."""
        if self.look is Look.JSON:
            self.json(answer)
        elif self.look is Look.DRAWN and drawn is not None:
            drawn()
        else:
            plain()


def note(line: str) -> None:
    """Print a line beside the answer, such as that a host was started."""
    click.echo(line, err=True)


def clean(text: str) -> str:
    """Return text on one line and without control characters: a title must not steer a terminal."""
    return text.translate(_CONTROLS)
