"""How many requests a user may send: a bucket per user that fills again in a minute. Kept in this process alone.

Several processes count each for themselves, so the limit holds for each of them. Time here is the system's, not the clock's.
"""

import math
import time
from collections.abc import Callable

from taskora.domain.errors import TooMany

_MINUTE = 60.0
_REMEMBERED = 10_000
"""Users that are kept in mind. When there are more, those whose buckets are full again are forgotten."""


class RateLimit:
    """Lets each user send so many requests in a minute, all at once or spread."""

    def __init__(self, per_minute: int, *, now: Callable[[], float] = time.monotonic) -> None:
        self._size = per_minute
        self._now = now
        self._full_at: dict[str, float] = {}

    def take(self, user_id: str) -> None:
        """Count a request of a user. Raises TooMany, with the seconds to wait (`retry_after`), when the bucket is empty."""
        now, pause = self._now(), _MINUTE / self._size
        full_at = max(self._full_at.get(user_id, now), now) + pause
        if full_at - now > _MINUTE + pause / 2:
            wait = math.ceil(full_at - now - _MINUTE)
            raise TooMany(
                f"More than {self._size} requests came in a minute.", extra={"retry_after": wait, "limit": self._size}
            )
        if len(self._full_at) >= _REMEMBERED and user_id not in self._full_at:
            self._full_at = {user: at for user, at in self._full_at.items() if at > now}
        self._full_at[user_id] = full_at
