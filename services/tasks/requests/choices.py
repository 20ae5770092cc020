"""New preferences as they were sent, checked, as they are kept."""

import re
from typing import Any

from taskora.api.wire import PreferencesEdit
from taskora.domain.errors import InvalidField
from taskora.domain.fields import check_zone

_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
REMINDER_LIMIT = 366 * 24 * 60
"""Minutes."""


def choices_of(edit: PreferencesEdit) -> dict[str, Any]:
    """Return what was chosen, by name. Raises InvalidField that names the preference."""
    chosen = edit.model_dump(exclude_unset=True, include=set(PreferencesEdit.model_fields))
    for name, value in chosen.items():
        if value is None and name != "default_reminder_minutes":
            raise InvalidField(f"“{name}” can't be empty.", field=name)
    minutes = edit.default_reminder_minutes
    if minutes is not None and not 0 <= minutes <= REMINDER_LIMIT:
        raise InvalidField("A reminder is at most a year before.", field="default_reminder_minutes")
    if edit.locale is not None and not _LOCALE.fullmatch(edit.locale):
        raise InvalidField("That is no language tag.", field="locale", advice="Give one such as en or de-AT.")
    if edit.zone is not None:
        chosen["zone"] = check_zone(edit.zone)
    if edit.all_day_time is not None:
        if edit.all_day_time.tzinfo is not None:
            raise InvalidField("A time of day takes no offset.", field="all_day_time")
        chosen["all_day_time"] = edit.all_day_time.isoformat("minutes")
    return {name: getattr(value, "value", value) for name, value in chosen.items()}
