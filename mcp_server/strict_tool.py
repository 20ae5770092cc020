"""A tool as one value, and how it runs: strict arguments, compact schemas, the same facts as text and as structure.

The SDK's own registration drops unknown arguments without a word, keeps titles and nulls in its schemas and writes indented
JSON. This is the one place that reaches below its decorators; the tools above know nothing of it. What stands `Around` a call
may ask the user something, or tell how far it is, before it gives the answer on.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import uuid_utils
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import FuncMetadata
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import ValidationError
from pydantic_core import to_json

from mcp_server.answers import Answer
from mcp_server.arguments import Arguments
from mcp_server.refusals import bad_arguments, crashed, refused
from mcp_server.schemas import compact_schema
from taskora.api.client import TasksClient
from taskora.domain.errors import TaskoraError
from taskora.telemetry import correlated, correlation_id

Taken = TypeVar("Taken", bound=Arguments)


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose arguments were read: `run` does it, with these arguments or with better ones.

    `scope` says among which tasks its words name one.
    """

    tool: str
    scope: str | None
    taken: Arguments
    context: Context[Any, Any]
    run: Callable[[Arguments], Awaitable[Answer]]


Around = Callable[[Call], Awaitable[Answer | InputRequiredResult]]


async def straight(call: Call) -> Answer:
    """Do a call as it came."""
    return await call.run(call.taken)


@dataclass(frozen=True, slots=True)
class ToolSpec(Generic[Taken]):
    """What a tool is called, what it takes and gives, and the function that does it through the task service.

    `scope` says among which tasks its words name one (as `TasksClient.lookup` takes it); None: it names none.
    """

    name: str
    description: str
    arguments: type[Taken]
    answer: type[Answer]
    run: Callable[[TasksClient, Taken], Awaitable[Answer]]
    annotations: ToolAnnotations
    scope: str | None = None

    def bind(self, tasks: Callable[[], TasksClient], around: Around = straight) -> Tool:
        """Return the tool for a server; `tasks` gives the client of each call, `around` stands around it."""

        async def call(taken: Arguments, context: Context[Any, Any]) -> Answer | InputRequiredResult:
            return await around(
                Call(self.name, self.scope, taken, context, lambda read: self.run(tasks(), cast("Taken", read)))
            )

        output = compact_schema(self.answer, "serialization")
        return StrictTool(
            fn=call,
            name=self.name,
            title=self.annotations.title,
            description=self.description,
            parameters=compact_schema(self.arguments, "validation"),
            fn_metadata=FuncMetadata(arg_model=self.arguments, output_schema=output),
            is_async=True,
            annotations=self.annotations,
        )


class StrictTool(Tool):
    """A tool of the SDK whose failures are sentences and whose answers are compact."""

    async def run(
        self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False
    ) -> CallToolResult | InputRequiredResult:
        """Run the tool under a correlation id, the caller's or a new one."""
        del convert_result
        with correlated(correlation_id() or str(uuid_utils.uuid7())):
            return await self._answer(arguments, context)

    async def _answer(
        self, arguments: dict[str, Any], context: Context[Any, Any]
    ) -> CallToolResult | InputRequiredResult:
        """Return the answer or the refusal. This is the outermost edge for whatever goes wrong inside."""
        try:
            taken = self.fn_metadata.arg_model.model_validate(arguments)
        except ValidationError as error:
            return bad_arguments(self.fn_metadata.arg_model, error)
        try:
            answer: Answer | InputRequiredResult = await self.fn(taken, context)
        except MCPError:
            raise
        except TaskoraError as error:
            return refused(error)
        except Exception:  # noqa: BLE001  the edge: logged with an id that the assistant can pass on
            return crashed(self.name)
        return answer if isinstance(answer, InputRequiredResult) else rendered(answer)


def rendered(answer: Answer) -> CallToolResult:
    """Return an answer as compact JSON text and as structure, without nulls; an error if nothing of it succeeded."""
    facts = answer.model_dump(mode="json", by_alias=True, exclude_none=True)
    return CallToolResult(
        content=[TextContent(type="text", text=to_json(facts).decode())],
        structured_content=facts,
        is_error=answer.failed,
    )
