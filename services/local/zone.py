"""The zone of the person at this machine, until a preference says otherwise."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal

from taskora.config import Settings


def user_zone(settings: Settings) -> str:
    """Return the IANA name that the settings give, else the machine's; UTC where the machine has none that is known."""
    if settings.zone is not None:
        return settings.zone
    try:
        return ZoneInfo(tzlocal.get_localzone_name()).key
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"
