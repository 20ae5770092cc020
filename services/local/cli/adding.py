"""`taskora add`: a task in words, or one a line from standard input."""

import sys
from collections.abc import Iterator, Sequence

from services.local.cli import outcome
from services.local.cli.choosing import BATCH
from services.local.cli.host_client import HostClient, Json
from services.local.cli.progress import Progress
from services.local.cli.screen import Screen
from services.local.cli.words import joined
from taskora.domain.errors import InvalidField

STDIN = "-"


def run(client: HostClient, screen: Screen, words: Sequence[str]) -> int:
    """Add what the words say and return the exit code."""
    if list(words) == [STDIN]:
        return _add_lines(client, screen, [line.strip() for line in sys.stdin if line.strip()])
    text = joined(words)
    if not text:
        raise InvalidField("Say what is to be done.", advice="Such as: taskora add call mom tomorrow at 5pm")
    return outcome.tell(screen, client.send("POST", "/tasks", {"items": [{"text": text}]}), outcome.added)


def _add_lines(client: HostClient, screen: Screen, lines: Sequence[str]) -> int:
    results: list[Json] = []
    with Progress(screen, "Adding", len(lines)) as progress:
        for chunk in _chunks(lines):
            items = [{"text": joined([line])} for line in chunk]
            results += client.send("POST", "/tasks", {"items": items})["results"]
            progress.advance(len(chunk))
    return outcome.tell(screen, {"results": results}, outcome.added)


def _chunks(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), BATCH):
        yield lines[start : start + BATCH]
