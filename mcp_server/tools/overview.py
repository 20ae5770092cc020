"""get_overview: how things stand in one call, for the beginning of a conversation or of a day."""

from typing import Annotated

from pydantic import Field

from mcp_server.answers import Answer, ShownTasks, listed_facts
from mcp_server.arguments import Arguments, SaidAt
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import reading
from mcp_server.tools.tagging import TagFacts, tag_facts
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.wording import date_text


class GetOverview(Arguments):
    """Arguments of get_overview."""

    limit: Annotated[int, Field(ge=0, le=wire.ATTENTION_LIMIT, description="Most tasks in attention")] = 10
    said_at: SaidAt = None


class OverviewFacts(Answer):
    """How things stand; `now` and `today` are where the user is, and all but `completed_today` counts open tasks."""

    now: str
    zone: str
    today: str
    today_text: str
    open: int
    overdue: int
    due_today: int
    due_week: int
    no_due: int
    repeating: int
    urgent: int
    completed_today: int
    tags: list[TagFacts]
    attention: ShownTasks


COUNTS = ("open", "overdue", "due_today", "due_week", "no_due", "repeating", "urgent", "completed_today")


async def get_overview(client: TasksClient, taken: GetOverview) -> OverviewFacts:
    """Tell how things stand."""
    found = await client.overview(wire.OverviewQuery(limit=taken.limit, said_at=taken.said_at))
    return OverviewFacts(
        now=found.now.isoformat(timespec="seconds"),
        zone=found.zone,
        today=found.today.isoformat(),
        today_text=date_text(found.today),
        tags=[tag_facts(tag) for tag in found.tags],
        attention=listed_facts(found.attention),
        **{name: getattr(found, name) for name in COUNTS},
    )


GET_OVERVIEW = ToolSpec(
    name="get_overview",
    description=(
        "How things stand: now and today where the user is, counts, tags, and in attention what is overdue, then due today."
    ),
    arguments=GetOverview,
    answer=OverviewFacts,
    run=get_overview,
    annotations=reading("Overview"),
)
