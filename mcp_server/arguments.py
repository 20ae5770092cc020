"""What the tools take: models that refuse an argument they do not know, at every level, and need no null in their schemas.

An assistant that misspells an argument must hear of it, or it believes that the wish was carried out. Lengths and forms are
not checked here: the task service decides them, in one place, and its refusal names the field.
"""

import json
from typing import Annotated, Literal, TypeVar

from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from mcp_server.schemas import Maybe

BATCH_LIMIT = 100


class Arguments(ArgModelBase):
    """The arguments of one tool."""

    model_config = ConfigDict(extra="forbid")


class Part(BaseModel):
    """An object inside the arguments of a tool."""

    model_config = ConfigDict(extra="forbid")


def _number_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _list_from_text(value: object) -> object:
    """Read a list that an assistant sent as JSON inside a string, as some do."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


Item = TypeVar("Item")
Several = Annotated[list[Item], BeforeValidator(_list_from_text)]
Batch = Annotated[Several[Item], Field(min_length=1, max_length=BATCH_LIMIT)]

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
TaskRef = Annotated[Words, BeforeValidator(_number_as_text)]
PriorityName = Literal["low", "medium", "high", "urgent"]
SaidAt = Annotated[Maybe[AwareDatetime], Field(description="When the user said it, if not now (with UTC offset)")]


class Write(Arguments):
    """What every writing tool takes besides its tasks."""

    client_request_id: Annotated[
        Maybe[str], Field(max_length=200, description="Makes a retry safe: the same id acts once")
    ] = None
