"""What a language model may do with the tools: the code around them that no prompt and no task's title can talk its way past.

Its calls get the moment of the line, the user's own words for time (`second_reading`) and no key of its own choosing. One
task may be changed at once; whatever deletes, or changes several tasks, waits for the person's yes and is shown first
(`preview`). What the rules call is the person's own words and does not come through here; see `confirmation` for them.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mcp.types import CallToolResult, TextContent, Tool

from agent.language_model.second_reading import compared
from agent.language_model.trouble import Trouble
from agent.session import Call
from agent.speaking.facts import Batch, Task, read
from agent.speaking.preview import Preview, described, previewed
from taskora.nlu.reading import Context

ADDED_AT_ONCE = 10
"""More new tasks of one line than that are asked about."""
WAITS = "Not done yet: the user is asked first and sees what would change. Do not call it again and say nothing of it."
ENOUGH = "No more calls for this line. Tell the user what you know."
_OURS = ("client_request_id", "dry_run", "said_at", "atomic")
"""Arguments that the model does not choose."""
_ASKED_ALWAYS = frozenset({"delete_tasks", "undo", "manage_tags", "preferences"})
_STOPPING = frozenset({"stop", "exclude", "change"})

Make = Callable[[str, dict[str, object]], Awaitable[CallToolResult]]
Keep = Callable[[str, dict[str, object], CallToolResult], None]


@dataclass(frozen=True, slots=True)
class Said:
    """The line that is being answered, the user's lines before it, and the moment with the user's preferences."""

    line: str
    heard: tuple[str, ...]
    context: Context


@dataclass(slots=True)
class Guard:
    """The calls of one line. `make` makes a call and keeps what came of it, `try_out` only makes it, `keep` only keeps it."""

    tools: Sequence[Tool]
    said: Said
    limit: int
    make: Make
    try_out: Make
    keep: Keep
    waiting: list[Preview] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    exhausted: bool = False
    _made: int = 0
    _touched: set[str] = field(default_factory=set)
    _changed: bool = False
    _added: int = 0
    _one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)

    def check(self) -> None:
        """Raise Trouble when the model has called more than it may."""
        if self.exhausted:
            raise Trouble("it called too many tools")

    async def call(self, tool: str, arguments: Mapping[str, object]) -> CallToolResult:
        """Make a call, or ask for it, or refuse it."""
        async with self._one_by_one:
            self._made += 1
            if self._made > self.limit:
                self.exhausted = True
                return _text(ENOUGH, error=True)
            own = {name: _list(value) for name, value in arguments.items() if name not in _OURS}
            if self._takes(tool, "said_at"):
                own["said_at"] = self.said.context.now.isoformat()
            settled = compared(Call(tool, own), self.said.line, self.said.heard, self.said.context)
            if self._reads(settled.call):
                return await self.make(tool, dict(settled.call.arguments))
            self.remarks += [remark for remark in settled.remarks if remark not in self.remarks]
            if not self._asks(settled.call):
                return await self._change(settled.call)
            return await self._propose(settled.call)

    async def _change(self, call: Call) -> CallToolResult:
        result = await self.make(call.tool, call.arguments)
        batch = read(Batch, text_of(result))
        self._changed |= call.tool != "add_tasks" and not result.is_error
        self._touched |= {word for task in (batch.tasks if batch else []) for word in (task.id, f"#{task.number}")}
        return result

    async def _propose(self, call: Call) -> CallToolResult:
        """Keep a call until the person says yes, with what it would change; one that can change nothing is answered."""
        preview: Preview | None = None
        if self._takes(call.tool, "dry_run"):
            before = await self._before(call)
            result = await self.try_out(call.tool, call.arguments | {"dry_run": True})
            preview = previewed(call, text_of(result), before)
            if preview is None and not _possible(result):
                self.keep(call.tool, call.arguments, result)
                return result
        self._wait(preview or described(call))
        return _text(WAITS)

    async def _before(self, call: Call) -> dict[str, Task]:
        """Return the tasks of a call as they are now."""
        wanted = _targets(call)
        if not wanted or not any(tool.name == "get_tasks" for tool in self.tools):
            return {}
        batch = read(Batch, text_of(await self.try_out("get_tasks", {"tasks": wanted})))
        return {task.id: task for task in batch.tasks} if batch else {}

    def _wait(self, preview: Preview) -> None:
        if all(preview.call != kept.call for kept in self.waiting):
            self.waiting.append(preview)

    def _asks(self, call: Call) -> bool:
        targets = _targets(call)
        if call.tool == "add_tasks":
            self._added += len(targets)
            return self._added > ADDED_AT_ONCE
        if call.tool in _ASKED_ALWAYS or len(targets) != 1 or call.arguments.get("action") in _STOPPING:
            return True
        return self._changed and targets[0] not in self._touched

    def _reads(self, call: Call) -> bool:
        """Tell whether a call changes nothing: its tool says so, or its arguments do."""
        known = next((tool for tool in self.tools if tool.name == call.tool), None)
        if known is not None and known.annotations is not None and known.annotations.read_only_hint:
            return True
        if call.tool == "preferences":
            return not call.arguments.get("set")
        return call.tool in {"manage_tags", "manage_series"} and call.arguments.get("action") in {"list", "dates"}

    def _takes(self, tool: str, argument: str) -> bool:
        known = next((one for one in self.tools if one.name == tool), None)
        return known is not None and argument in known.input_schema.get("properties", {})


def text_of(result: CallToolResult) -> str:
    """Return what a tool answered, as text."""
    return "\n".join(part.text for part in result.content if isinstance(part, TextContent))


def _list(value: object) -> object:
    """Return a list that a model sent as JSON in a text, as some do, as a list: it is looked at before it is passed on."""
    if not isinstance(value, str) or not value.lstrip().startswith("["):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _possible(result: CallToolResult) -> bool:
    """Tell whether a dry run says that anything of the call can be done."""
    batch = read(Batch, text_of(result))
    return not result.is_error and (batch is None or any(item.ok for item in batch.results))


def _targets(call: Call) -> list[str]:
    items, tasks = call.arguments.get("items"), call.arguments.get("tasks")
    if isinstance(tasks, list):
        return [str(task) for task in tasks]
    named = items if isinstance(items, list) else []
    return [str(item.get("task", "")) if isinstance(item, Mapping) else str(item) for item in named]


def _text(text: str, *, error: bool = False) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=error)
