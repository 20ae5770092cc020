"""A tool call that was made: with what, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_READING = frozenset({"find_tasks", "get_tasks", "get_overview", "get_activity", "preferences", "manage_tags"})
"""Tools that change no task of their own accord."""


@dataclass(frozen=True, slots=True)
class Made:
    """A tool call that was made, and its output as text."""

    tool: str
    output: str
    failed: bool
    arguments: Mapping[str, object] = field(default_factory=dict)

    @property
    def reads(self) -> bool:
        """Tell whether the call changed no task."""
        dates = self.tool == "manage_series" and self.arguments.get("action") == "dates"
        return self.tool in _READING or dates or bool(self.arguments.get("dry_run"))
