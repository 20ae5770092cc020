"""A tool call that was made: with what, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_READING = frozenset({"find_tasks", "get_tasks", "get_overview", "get_activity", "preferences"})
"""Tools that change nothing that undo in the task service takes back."""
_READING_ACTIONS = {"manage_series": "dates", "manage_tags": "list"}


@dataclass(frozen=True, slots=True)
class Made:
    """A tool call that was made, and its output as text."""

    tool: str
    output: str
    failed: bool
    arguments: Mapping[str, object] = field(default_factory=dict)

    @property
    def reads(self) -> bool:
        """Tell whether the call changed no task and no tag."""
        action = _READING_ACTIONS.get(self.tool)
        looks = self.tool in _READING or (action is not None and self.arguments.get("action") == action)
        return looks or bool(self.arguments.get("dry_run"))
