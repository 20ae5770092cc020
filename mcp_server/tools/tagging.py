"""manage_tags: the tags there are, and another name or colour for them, or away with them.

The tags of one task are changed by update_tasks.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from mcp_server.answers import Outcome, Outcomes, problem_facts
from mcp_server.arguments import BATCH_LIMIT, BatchWrite, Part, Several, Words
from mcp_server.schemas import Maybe
from mcp_server.strict_tool import ToolSpec
from mcp_server.tools.hints import writing
from taskora.api import wire
from taskora.api.client import TasksClient

NO_COLOUR = "none"


class TagItem(Part):
    """What is to be done to one tag."""

    tag: Annotated[Words, Field(description="Its present name")]
    name: Annotated[Maybe[Words], Field(description="rename: another tag's name joins the two")] = None
    colour: Annotated[Maybe[Words], Field(description="colour: #rrggbb, a name, or none")] = None


class ManageTags(BatchWrite):
    """Arguments of manage_tags."""

    action: Annotated[Literal["list", "rename", "colour", "delete"], Field(description="delete: also from its tasks")]
    items: Annotated[Several[TagItem], Field(default_factory=list, max_length=BATCH_LIMIT, description="Not for list")]

    @model_validator(mode="after")
    def _named(self) -> Self:
        """Refuse an action that says of no tag what is to be done: it never means all of them."""
        if (self.action == "list") == bool(self.items):
            raise ValueError("list takes no items, every other action needs some; without items nothing is meant")
        wanted = {"rename": "name", "colour": "colour"}.get(self.action)
        for item in self.items:
            given = {field for field in ("name", "colour") if getattr(item, field) is not None}
            if given != ({wanted} if wanted else set()):
                raise ValueError(f"for {self.action}, an item holds {'tag and ' + wanted if wanted else 'a tag alone'}")
        return self


class TagFacts(BaseModel):
    """A tag; `open` counts the open tasks that have it."""

    name: str
    colour: Maybe[str] = None
    open: Maybe[int] = None


class TagOutcome(Outcome):
    """What became of one tag; one that was taken away is not there any more."""

    tag: Maybe[TagFacts] = None


class TagsFacts(Outcomes[TagOutcome]):
    """What became of each tag, or all of them in `tags`."""

    tags: Maybe[list[TagFacts]] = None


async def manage_tags(client: TasksClient, taken: ManageTags) -> TagsFacts:
    """List tags, or change them."""
    match taken.action:
        case "list":
            page = await client.tags()
            return TagsFacts(results=[], tags=[tag_facts(tag) for tag in page.tags])
        case "delete":
            targets = [wire.TagTarget(tag=item.tag) for item in taken.items]
            answer = await client.delete_tags(targets, **taken.manner())
        case _:
            answer = await client.update_tags([_edit(item) for item in taken.items], **taken.manner())
    return TagsFacts(
        results=[_outcome(result, position) for position, result in enumerate(answer.results)],
        command_id=answer.command_id,
        dry_run=answer.dry_run or None,
    )


def tag_facts(tag: wire.Tag) -> TagFacts:
    """Return the facts of a tag."""
    return TagFacts(name=tag.name, colour=tag.colour, open=tag.open)


def _edit(item: TagItem) -> wire.TagEdit:
    sent = item.model_dump(exclude_none=True)
    if item.colour is not None and item.colour.lower() == NO_COLOUR:
        sent["colour"] = None
    return wire.TagEdit.model_validate(sent)


def _outcome(result: wire.TagResult, position: int) -> TagOutcome:
    return TagOutcome(
        ok=result.ok,
        tag=tag_facts(result.tag) if result.tag else None,
        assumptions=result.assumptions or None,
        problem=problem_facts(result.problem, position) if result.problem else None,
    )


MANAGE_TAGS = ToolSpec(
    name="manage_tags",
    description="List, rename, join, colour or delete tags. To tag one task, use update_tasks. undo leaves tags as they are.",
    arguments=ManageTags,
    answer=TagsFacts,
    run=manage_tags,
    annotations=writing("Manage tags", destructive=True),
)
