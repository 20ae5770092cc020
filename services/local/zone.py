"""The zone of the person at this machine, until a preference says otherwise."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal

from taskora.config import SERVER, Settings


def user_zone(settings: Settings) -> str:
    """Return the IANA name that the settings give, else the machine's; UTC on a server, whose users are elsewhere."""
    if settings.zone is not None:
        return settings.zone
    if settings.mode == SERVER:
        return "UTC"
    try:
        return ZoneInfo(tzlocal.get_localzone_name()).key
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"
