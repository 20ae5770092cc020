"""What words for a time of day mean: a clock time, perhaps without am or pm, or a part of the day."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from taskora.domain.errors import InvalidField


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    TONIGHT = "tonight"


PART_HOURS = {
    Part.MORNING: 9,
    Part.NOON: 12,
    Part.AFTERNOON: 15,
    Part.EVENING: 19,
    Part.NIGHT: 22,
    Part.TONIGHT: 20,
}
"""The hour that a part of the day stands for."""


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """A part of the day: in the morning, tonight. `today` is True where the words name this very day."""

    part: Part
    hour: int
    text: str
    today: bool = False

    @property
    def time(self) -> dt.time:
        """Return the wall time it stands for."""
        return dt.time(self.hour)

    def notes(self) -> tuple[str, ...]:
        """Say the hour that was taken."""
        return (f"took {self.text} as {self.time:%H:%M}",)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time. `open`: neither am nor pm was said. `zone` is the IANA name of a zone in the words.

    `coming` is a midnight, which is the one that comes next.
    """

    hour: int
    minute: int = 0
    open: bool = False
    zone: str | None = None
    text: str = ""
    coming: bool = False

    @property
    def time(self) -> dt.time:
        """Return the wall time; open hours from 1 to 7 are afternoon. Raises InvalidField for 25:00."""
        if not (0 <= self.hour <= 23 and 0 <= self.minute <= 59):
            raise InvalidField(f"There is no time {self.text}.", field="due", advice="Say it as 18:30 or 6:30 pm.")
        hour = self.hour + 12 if self.open and 1 <= self.hour <= 7 else self.hour
        return dt.time(hour, self.minute)

    def notes(self) -> tuple[str, ...]:
        """Say how an open hour was read."""
        if not self.open or not 1 <= self.hour <= 7:
            return ()
        return (f"took {self.text} as {self.hour}{f':{self.minute:02}' if self.minute else ''} pm",)

    def during(self, part: Part) -> "Clock":
        """Return the time within a part of the day: 8 in the evening is 20:00, 1 at night is 01:00."""
        if not self.open:
            return self
        hour = self.hour % 12
        if part is Part.MORNING:
            return replace(self, hour=hour, open=False)
        if part in {Part.NIGHT, Part.TONIGHT} and hour < 5:
            return replace(self, hour=hour, open=False, coming=True)
        return replace(self, hour=hour + 12, open=False)


TimeOfDay = Clock | PartOfDay
