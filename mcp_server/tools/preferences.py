"""preferences: how words are read and what reminders do without being told; read, or changed in part."""

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, model_validator

from mcp_server.answers import Answer
from mcp_server.arguments import Part, Words, Write
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import writing
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.preferences import DateOrder, WeekStart


class Choices(Part):
    """New choices. What is not sent stays."""

    zone: Annotated[Maybe[Words], Field(description='IANA name: "Europe/Paris"')] = None
    locale: Annotated[Maybe[Words], Field(description='"en", "de-AT"')] = None
    week_start: Maybe[WeekStart] = None
    date_order: Annotated[Maybe[DateOrder], Field(description="How 3/4 is read")] = None
    all_day_time: Annotated[Maybe[dt.time], Field(description="HH:MM of reminders of all-day tasks")] = None
    default_reminder_minutes: Annotated[Maybe[int], Field(description="Before a timed task")] = None
    no_default_reminder: bool = False
    require_end: Annotated[Maybe[bool], Field(description="Refuse rules without an end")] = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_dump(exclude_defaults=True):
            raise ValueError("choose something; to read the preferences, leave set out")
        if self.no_default_reminder and self.default_reminder_minutes is not None:
            raise ValueError("give default_reminder_minutes or no_default_reminder, not both")
        return self

    def edit(self) -> wire.PreferencesEdit:
        """Return them as the task service takes them."""
        sent: dict[str, object] = self.model_dump(exclude_none=True, exclude={"no_default_reminder"})
        if self.no_default_reminder:
            sent["default_reminder_minutes"] = None
        return wire.PreferencesEdit.model_validate(sent)


class Preferences(Write):
    """Arguments of preferences."""

    set: Maybe[Choices] = None


class PreferencesFacts(Answer):
    """What is chosen, or the defaults. Without `default_reminder_minutes` nothing reminds unless a task says so."""

    zone: str
    locale: str
    week_start: str
    date_order: str
    all_day_time: str
    default_reminder_minutes: Maybe[int] = None
    require_end: bool
    dry_run: Maybe[bool] = None


async def preferences(client: TasksClient, taken: Preferences) -> PreferencesFacts:
    """Read the preferences, or change them."""
    if taken.set is None:
        return preferences_facts(await client.preferences())
    answer = await client.set_preferences(taken.set.edit(), **taken.preview())
    return preferences_facts(answer).model_copy(update={"dry_run": taken.dry_run or None})


def preferences_facts(chosen: wire.Preferences) -> PreferencesFacts:
    """Return what is chosen."""
    return PreferencesFacts(
        zone=chosen.zone,
        locale=chosen.locale,
        week_start=chosen.week_start,
        date_order=chosen.date_order,
        all_day_time=chosen.all_day_time.isoformat("minutes"),
        default_reminder_minutes=chosen.default_reminder_minutes,
        require_end=chosen.require_end,
    )


PREFERENCES = ToolSpec(
    name="preferences",
    description="Read the user's preferences (time zone, week start, date order, reminders), or change some with set.",
    arguments=Preferences,
    answer=PreferencesFacts,
    run=preferences,
    annotations=writing("Preferences", destructive=True, idempotent=True),
)
