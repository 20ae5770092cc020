"""Server-sent events, as a test reads them."""

import json
from collections.abc import Iterable
from typing import Any


def events(lines: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    """Return the name and the data of each event of a stream of lines (HTML standard, §9.2.6)."""
    found: list[tuple[str, dict[str, Any]]] = []
    name = ""
    for line in lines:
        field, _, value = line.partition(":")
        if field == "event":
            name = value.strip()
        elif field == "data":
            found.append((name, json.loads(value)))
    return found


def done(lines: Iterable[str]) -> dict[str, Any]:
    """Return what a chat answer says at its end; fail with the problem when there is none."""
    found = dict(events(lines))
    assert "done" in found, found
    return found["done"]


def reply(lines: Iterable[str]) -> str:
    """Return the reply of a chat answer."""
    return str(done(lines)["reply"])
