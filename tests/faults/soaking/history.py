"""What the people of a soak asked for and what they were told: the one thing beside the system that the comparison believes."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Asked:
    """One command of a person. `since` and `until` count everything that was sent or answered, in its order.

    `answer` is the last answer, `refusal` the code of a request that was refused as a whole, neither when no answer came and
    nobody asked again.
    """

    user: str
    kind: str
    body: Json
    key: str | None
    since: int
    until: int | None = None
    answer: Json | None = None
    refusal: str | None = None
    attempts: int = 0

    @property
    def command_id(self) -> str | None:
        """Return the id of the command, when an answer told it."""
        return None if self.answer is None else str(self.answer["command_id"])

    def told(self, answer: Json | None, refusal: str | None, order: int) -> None:
        """Note an answer. Fails when another one was given before under the same key."""
        if self.until is not None:
            assert (self.answer, self.refusal) == (answer, refusal), (
                f"two answers under the key {self.key} of {self.kind}"
            )
        self.answer, self.refusal, self.until = answer, refusal, order


@dataclass
class History:
    """All that was asked, and the instants to which the clock was set."""

    asked: list[Asked] = field(default_factory=list)
    clock: list[tuple[int, dt.datetime]] = field(default_factory=list)
    kills: list[Json] = field(default_factory=list)
    _order: "itertools.count[int]" = field(default_factory=itertools.count)

    def next(self) -> int:
        """Return the next place in the order of all that happens."""
        return next(self._order)

    def ask(self, user: str, kind: str, body: Json, key: str | None) -> Asked:
        """Note that somebody is about to ask."""
        asked = Asked(user, kind, body, key, self.next())
        self.asked.append(asked)
        return asked

    def set_clock(self, instant: dt.datetime) -> None:
        """Note that the clock shows an instant from now on."""
        self.clock.append((self.next(), instant))

    def instants(self, since: int, until: int | None) -> set[dt.datetime]:
        """Return what the clock showed between two places; the last move may not have been noted yet when it was read."""
        before = [instant for order, instant in self.clock if order <= since][-1:]
        within = [instant for order, instant in self.clock if order > since and (until is None or order <= until)]
        return {*before, *within}
