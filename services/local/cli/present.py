"""The present moment where the person is: in the zone of the settings, else the machine's. In tests the clock file's time."""

import datetime as dt
from zoneinfo import ZoneInfo

from taskora.config import Settings


def now(settings: Settings) -> dt.datetime:
    """Return the present instant in the person's zone. What a preference says of the zone only the service knows."""
    instant = dt.datetime.now(dt.UTC)
    if settings.clock_file is not None and settings.clock_file.is_file():  # whether it must be there, the host says
        instant = dt.datetime.fromisoformat(settings.clock_file.read_text(encoding="ascii").strip())
    return instant.astimezone(None if settings.zone is None else ZoneInfo(settings.zone))
