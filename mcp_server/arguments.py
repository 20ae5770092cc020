"""What the tools take: models that refuse an argument they do not know, at every level, and need no null in their schemas.

An assistant that misspells an argument must hear of it, or it believes that the wish was carried out. Lengths and forms are
not checked here: the task service decides them, in one place, and its refusal names the field. Only what would not even fit
into a request to it is refused here.
"""

import datetime as dt
from typing import Annotated, Literal, Self, TypedDict, TypeVar

from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import from_json

from mcp_server.schemas import Maybe
from taskora.api import wire
from taskora.domain.edits import Scope

BATCH_LIMIT = wire.ITEMS_LIMIT
QUERY_LIMIT = 16_000
"""Bytes of what goes into the address of a request to the task service, where a byte may take three (RFC 3986 §2.1)."""


class Arguments(ArgModelBase):
    """The arguments of one tool."""

    model_config = ConfigDict(extra="forbid")


class Query(Arguments):
    """The arguments of a tool that looks for something."""

    @model_validator(mode="after")
    def _short(self) -> Self:
        size = len(self.model_dump_json(exclude_defaults=True))
        if size > QUERY_LIMIT:
            raise ValueError(f"these are too long together ({size} bytes, {QUERY_LIMIT} are allowed)")
        return self


class Part(BaseModel):
    """An object inside the arguments of a tool."""

    model_config = ConfigDict(extra="forbid")


def _number_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _list_from_text(value: object) -> object:
    """Read a list that an assistant sent as JSON inside a string, as some do. It may be nested as deep as it likes."""
    if not isinstance(value, str):
        return value
    try:
        return from_json(value)
    except ValueError:
        return value


Item = TypeVar("Item")
Several = Annotated[list[Item], BeforeValidator(_list_from_text)]
Batch = Annotated[Several[Item], Field(min_length=1, max_length=BATCH_LIMIT)]

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
AtLeastOne = Annotated[Several[Words], Field(min_length=1)]
TaskRef = Annotated[Words, BeforeValidator(_number_as_text)]
RequestId = Annotated[str, StringConstraints(max_length=200)]
PriorityName = Literal["low", "medium", "high", "urgent"]
SaidAt = Annotated[Maybe[AwareDatetime], Field(description="When the user said it, if not now (with UTC offset)")]
Deadline = Annotated[Maybe[dt.date], Field(description="Last day, YYYY-MM-DD, when it is not the due")]
Reminders = Annotated[
    Maybe[Several[Words]],
    Field(description='From the due, ISO 8601: "-PT30M", "-P1D"; or an instant. [] for none'),
]
OccurrenceScope = Annotated[Maybe[Scope], Field(description="Repeating task: this one alone, or all future ones too")]


class Preview(TypedDict):
    """How one thing is carried out, as the client of the task service takes it."""

    key: str | None
    dry_run: bool


class Manner(Preview):
    """How a batch is carried out, as the client of the task service takes it."""

    atomic: bool


class Write(Arguments):
    """What every writing tool takes."""

    dry_run: Annotated[bool, Field(description="Only tell what would happen")] = False
    client_request_id: Annotated[Maybe[RequestId], Field(description="Makes a retry safe: the same id acts once")] = (
        None
    )

    def preview(self) -> Preview:
        """Return how it is to be carried out."""
        return {"key": self.client_request_id, "dry_run": self.dry_run}


class BatchWrite(Write):
    """What every tool takes that changes several things."""

    atomic: Annotated[bool, Field(description="All items or none")] = False

    def manner(self) -> Manner:
        """Return how the batch is to be carried out."""
        return {**self.preview(), "atomic": self.atomic}


class Timed(BatchWrite):
    """A batch with words of time in it."""

    said_at: SaidAt = None
