"""Change a user's preferences. A new zone moves the instants by which all-day tasks are sorted and found."""

from typing import Any

from services.tasks.commands.run import Answer
from services.tasks.store import listing, users
from services.tasks.work import Work
from taskora.domain.encoding import preferences_from_json, preferences_to_json


def change_preferences(work: Work, chosen: dict[str, Any]) -> Answer:
    """Keep the choices and return all preferences as they are now."""
    before = work.user.preferences
    kept = {**work.user.chosen, **chosen}
    after = preferences_from_json(kept, before)
    if after != before:
        users.set_preferences(work.connection, work.user.user_id, kept)
        work.note_preferences(preferences_to_json(before), preferences_to_json(after))
    if after.zone != before.zone:
        listing.move_all_day(work.connection, work.user.user_id, after.zone)
    return preferences_to_json(after)
