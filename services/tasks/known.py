"""The preferences that users had when they were last read, so that a list need not read them before it asks.

Above: `queries`. They may have changed meanwhile, in this process or another: whoever uses them reads with its rows what is
stored now, and does it again where that differs. Nothing here is ever the truth.
"""

from dataclasses import dataclass

from taskora.domain.preferences import Preferences

_MANY = 10_000
"""So many users are kept; then all are forgotten, which costs each of them one more look."""


@dataclass(frozen=True, slots=True)
class Known:
    """Preferences with the text that they were stored as."""

    stored: str
    preferences: Preferences


class KnownPreferences:
    """What was last read of each user."""

    def __init__(self) -> None:
        self._of_users: dict[str, Known] = {}

    def of(self, user_id: str) -> Known | None:
        """Return what was last read of a user."""
        return self._of_users.get(user_id)

    def remember(self, user_id: str, stored: str | None, preferences: Preferences) -> None:
        """Keep what was just read; None: of this user nothing is stored."""
        if stored is None:
            return
        if len(self._of_users) >= _MANY:
            self._of_users.clear()
        self._of_users[user_id] = Known(stored, preferences)
