"""People who do the same by four ways in: each verb is said as it is said there, and gives back what the person reads."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

from mcp import Client, StdioServerParameters
from mcp.types import TextContent

from services.local.user import sign
from taskora.domain.actor import Actor, ActorKind, Channel
from tests.hosts import TASKORA, HostProcess
from tests.mcp_server.served import speaking


class Person(Protocol):
    """What a journey is made of. `doer`: who the history says it was; `several` agrees to what is asked."""

    doer: str

    async def add(self, text: str) -> str: ...
    async def due(self, when: str) -> str: ...
    async def tagged(self, tag: str) -> str: ...
    async def show(self, task: str) -> str: ...
    async def move(self, task: str, when: str) -> str: ...
    async def rank(self, task: str, priority: str) -> str: ...
    async def tag(self, task: str, tag: str) -> str: ...
    async def rename(self, task: str, title: str) -> str: ...
    async def repeat(self, task: str, rule: str) -> str: ...
    async def done(self, task: str) -> str: ...
    async def reopen(self, task: str) -> str: ...
    async def delete(self, task: str) -> str: ...
    async def restore(self, task: str) -> str: ...
    async def delete_due(self, when: str) -> str: ...
    async def rename_tag(self, tag: str, name: str) -> str: ...
    async def history(self, when: str) -> str: ...
    async def undo(self) -> str: ...


class AtTheTerminal:
    """Types commands."""

    doer = "user"

    def __init__(self, host: HostProcess) -> None:
        self._host = host

    async def _run(self, *arguments: str) -> str:
        done = await asyncio.to_thread(self._host.command, *arguments)
        assert done.returncode in {0, 1}, done.stderr
        return done.stdout + done.stderr

    async def add(self, text: str) -> str:
        return await self._run("add", *text.split())

    async def due(self, when: str) -> str:
        return await self._run("list", *when.split())

    async def tagged(self, tag: str) -> str:
        return await self._run("list", f"#{tag}")

    async def show(self, task: str) -> str:
        return await self._run("show", *task.split())

    async def move(self, task: str, when: str) -> str:
        return await self._run("move", *task.split(), *when.split())

    async def rank(self, task: str, priority: str) -> str:
        return await self._run("edit", *task.split(), priority)

    async def tag(self, task: str, tag: str) -> str:
        return await self._run("edit", *task.split(), f"#{tag}")

    async def rename(self, task: str, title: str) -> str:
        return await self._run("edit", *task.split(), "--title", title)

    async def repeat(self, task: str, rule: str) -> str:
        return await self._run("edit", *task.split(), *rule.split())

    async def done(self, task: str) -> str:
        return await self._run("done", *task.split())

    async def reopen(self, task: str) -> str:
        return await self._run("reopen", *task.split())

    async def delete(self, task: str) -> str:
        return await self._run("delete", *task.split())

    async def restore(self, task: str) -> str:
        return await self._run("restore", *task.split())

    async def delete_due(self, when: str) -> str:
        asked = await self._run("delete", "all", *when.split())
        return asked + await self._run("delete", "all", *when.split(), "--yes")

    async def rename_tag(self, tag: str, name: str) -> str:
        return await self._run("tags", "rename", tag, name)

    async def history(self, when: str) -> str:
        return await self._run("history", *when.split())

    async def undo(self) -> str:
        return await self._run("undo")


class InTheChat:
    """Says sentences, over HTTP."""

    doer = "agent"

    def __init__(self, host: HostProcess) -> None:
        self._host = host
        self._conversation: str | None = None

    async def _say(self, line: str) -> str:
        reply, self._conversation = await asyncio.to_thread(self._host.converse, line, self._conversation)
        return reply

    async def add(self, text: str) -> str:
        return await self._say(f"add {text}")

    async def due(self, when: str) -> str:
        return await self._say("what's overdue" if when == "overdue" else f"what's due {when}")

    async def tagged(self, tag: str) -> str:
        return await self._say(f"show tasks tagged {tag}")

    async def show(self, task: str) -> str:
        return await self._say(f"show {task}")

    async def move(self, task: str, when: str) -> str:
        return await self._say(f"move {task} to {when}")

    async def rank(self, task: str, priority: str) -> str:
        return await self._say(f"make {task} {priority} priority")

    async def tag(self, task: str, tag: str) -> str:
        return await self._say(f"tag {task} {tag}")

    async def rename(self, task: str, title: str) -> str:
        return await self._say(f"rename {task} to {title}")

    async def repeat(self, task: str, rule: str) -> str:
        return await self._say(f"repeat {task} {rule}")

    async def done(self, task: str) -> str:
        return await self._say(f"done with {task}")

    async def reopen(self, task: str) -> str:
        return await self._say(f"reopen {task}")

    async def delete(self, task: str) -> str:
        return await self._say(f"delete {task}")

    async def restore(self, task: str) -> str:
        return await self._say(f"restore {task}")

    async def delete_due(self, when: str) -> str:
        return await self._say(f"delete everything due {when}") + await self._say("yes")

    async def rename_tag(self, tag: str, name: str) -> str:
        return await self._say(f"rename the tag {tag} to {name}")

    async def history(self, when: str) -> str:
        return await self._say(f"what did I change {when}")

    async def undo(self) -> str:
        return await self._say("undo")


class WithAnAssistant:
    """Has an assistant call tools; reads what the assistant reads."""

    doer = "agent"

    def __init__(self, client: Client) -> None:
        self._client = client

    async def _call(self, tool: str, **arguments: Any) -> str:
        result = await self._client.call_tool(tool, arguments)
        text = "\n".join(part.text for part in result.content if isinstance(part, TextContent))
        assert result.is_error or json.loads(text) == result.structured_content
        return text

    async def _update(self, task: str, **fields: object) -> str:
        return await self._call("update_tasks", items=[{"task": task, **fields}])

    async def add(self, text: str) -> str:
        return await self._call("add_tasks", items=[{"text": text}])

    async def due(self, when: str) -> str:
        return await self._call("find_tasks", when=when)

    async def tagged(self, tag: str) -> str:
        return await self._call("find_tasks", tags=[tag])

    async def show(self, task: str) -> str:
        return await self._call("get_tasks", tasks=[task])

    async def move(self, task: str, when: str) -> str:
        return await self._call("reschedule_tasks", items=[{"task": task, "when": when}])

    async def rank(self, task: str, priority: str) -> str:
        return await self._update(task, priority=priority)

    async def tag(self, task: str, tag: str) -> str:
        return await self._update(task, tags_add=[tag])

    async def rename(self, task: str, title: str) -> str:
        return await self._update(task, title=title)

    async def repeat(self, task: str, rule: str) -> str:
        return await self._update(task, repeat=rule)

    async def done(self, task: str) -> str:
        return await self._call("complete_tasks", tasks=[task])

    async def reopen(self, task: str) -> str:
        return await self._call("reopen_tasks", tasks=[task])

    async def delete(self, task: str) -> str:
        return await self._call("delete_tasks", tasks=[task])

    async def restore(self, task: str) -> str:
        return await self._call("restore_tasks", tasks=[task])

    async def delete_due(self, when: str) -> str:
        found = json.loads(await self._call("find_tasks", when=when))["tasks"]
        shown = await self._call("delete_tasks", tasks=[task["id"] for task in found], dry_run=True)
        return shown + await self._call("delete_tasks", tasks=[task["id"] for task in found])

    async def rename_tag(self, tag: str, name: str) -> str:
        return await self._call("manage_tags", action="rename", items=[{"tag": tag, "name": name}])

    async def history(self, when: str) -> str:
        return await self._call("get_activity", when=when)

    async def undo(self) -> str:
        return await self._call("undo")


@asynccontextmanager
async def at_the_terminal(host: HostProcess) -> AsyncIterator[Person]:
    """Type `taskora …`."""
    yield AtTheTerminal(host)


@asynccontextmanager
async def in_the_chat(host: HostProcess) -> AsyncIterator[Person]:
    """Send lines to POST /chat."""
    yield InTheChat(host)


@asynccontextmanager
async def over_stdio(host: HostProcess) -> AsyncIterator[Person]:
    """Have `taskora mcp` as a process of its own, as a desktop assistant does."""
    server = StdioServerParameters(command=TASKORA, args=["mcp"], env=host.environment)
    async with Client(server) as client:
        yield WithAnAssistant(client)


@asynccontextmanager
async def over_http(host: HostProcess) -> AsyncIterator[Person]:
    """Reach the tools at /mcp."""
    record = host.record
    assert record is not None
    token = sign(record.key, actor=Actor(ActorKind.AGENT, "mcp"), channel=Channel.MCP, audience="mcp")
    async with speaking(record.url, token) as client:
        yield WithAnAssistant(client)


class Door(Protocol):
    """A way in."""

    def __call__(self, host: HostProcess, /) -> AbstractAsyncContextManager[Person]: ...


DOORS: tuple[Door, ...] = (at_the_terminal, in_the_chat, over_stdio, over_http)
