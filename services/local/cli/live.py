"""What is understood of a line while it is typed: its pieces in colour, and in words what would be done.

Reads with the same reader as the agent's rules, in this process; nothing is asked and nothing is done. The reader takes a
moment to load: until then a line is shown as it is.
"""

import threading
from typing import TYPE_CHECKING, Any

from services.local.cli.host_client import HostClient
from services.local.cli.present import now
from services.local.cli.screen import clean
from services.local.zone import user_zone
from taskora.domain.errors import TaskoraError

if TYPE_CHECKING:
    from taskora.nlu.reading import Command, Reading

LONGEST = 400
"""Characters of a line that is read at every key."""


class LiveReader:
    """Reads the line at the prompt. `ready` is set once it can."""

    def __init__(self, client: HostClient) -> None:
        self._client = client
        self._context: Any = None
        self._last: tuple[str, Reading | None] = ("", None)
        self.ready = threading.Event()
        threading.Thread(target=self._load, name="reader", daemon=True).start()

    def read(self, text: str) -> "Reading | None":
        """Return what the line was understood to mean; None while the reader loads, for no line and for a very long one."""
        if not self.ready.is_set() or not text.strip() or len(text) > LONGEST:
            return None
        if text != self._last[0]:
            self._last = (text, self._read(text))
        return self._last[1]

    def understood(self, text: str) -> str:
        """Return in words what would be done; empty where nothing is to be said."""
        reading = self.read(text)
        if reading is None:
            return ""
        return clean("  |  ".join(filter(None, (_said(command) for command in reading.commands))))

    def _read(self, text: str) -> "Reading | None":
        from dataclasses import replace

        from taskora.nlu.reader import read_line

        try:
            return read_line(text, replace(self._context, now=now(self._client.settings)))
        except TaskoraError:
            return None

    def _load(self) -> None:
        from taskora.domain.preferences import DateOrder, Preferences, WeekStart
        from taskora.nlu.reader import read_line
        from taskora.nlu.reading import Context

        try:
            chosen = self._client.get("/preferences")
            preferences = Preferences(
                zone=chosen["zone"],
                week_start=WeekStart(chosen["week_start"]),
                date_order=DateOrder(chosen["date_order"]),
            )
        except (TaskoraError, KeyError, ValueError):
            preferences = Preferences(zone=user_zone(self._client.settings))
        self._context = Context(now(self._client.settings), preferences)
        read_line("call mom tomorrow at 5pm", self._context)
        self.ready.set()


def _said(command: "Command") -> str:
    from taskora.domain.wording import due_text, rule_text
    from taskora.nlu.reading import Intent

    if command.intent is Intent.ADD:
        parts = [f"new task “{command.title or ''}”"]
        parts += [due_text(command.due)] if command.due else []
        parts += [rule_text(command.repeat)] if command.repeat else []
        parts += [command.priority.value] if command.priority else []
        parts += [f"#{tag}" for tag in command.tags]
        return " · ".join(parts)
    if command.intent is Intent.CLARIFY:
        return command.question or ""
    if command.intent in {Intent.CHAT, Intent.OUT_OF_SCOPE, Intent.CONFIRM, Intent.CANCEL}:
        return ""
    target = f" “{command.target}”" if command.target else ""
    due = command.changes.due if command.changes else None
    return f"{command.intent.value.replace('_', ' ')}{target}" + (f" to {due_text(due)}" if due else "")
