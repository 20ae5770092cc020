"""A person of a case at work with the product: says lines to the agent, and has tasks, seen through the task service."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from evals.engines.stage import Stage
from evals.form import Json
from evals.stored import show_task
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.actor import Actor, ActorKind, Channel, Principal

_USER = Actor(ActorKind.USER)
_STAGEHAND = Actor(ActorKind.SYSTEM, "evals")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the agent answered, and the tools it called, each with whether it went well."""

    text: str
    tools: tuple[tuple[str, bool], ...]


@dataclass(slots=True)
class Person:
    """One user of a stage and their conversation. What is set up for them is done by the system, so undo leaves it alone."""

    stage: Stage
    user_id: str
    tz: str
    conversation: str | None = None
    tasks: TasksClient = field(init=False)
    _sequence: int = 0

    def __post_init__(self) -> None:
        self.tasks = TasksClient(self.stage.http, lambda: self._token(_STAGEHAND, Channel.API, "tasks"))

    def _token(self, actor: Actor, channel: Channel, audience: str) -> str:
        return self.stage.host.signer.sign(Principal(self.user_id, actor, channel), audience)

    async def say(self, text: str) -> Reply:
        """Say a line in the conversation and wait until the workers are done with what came of it."""
        body = {"text": text, "conversation": self.conversation, "said_at": self.stage.now.isoformat()}
        headers = {"Authorization": f"Bearer {self._token(_USER, Channel.CHAT, 'agent')}"}
        answer = await self.stage.http.post("/chat", json=body, headers=headers)
        reply = self._read(answer.text) if answer.is_success else Reply(_sentence(answer.text), ())
        await self.stage.settle()
        return reply

    def _read(self, stream: str) -> Reply:
        """Read the events of an answer (WHATWG server-sent events) and go on with the conversation they name."""
        text, tools = "", []
        for name, data in _events(stream):
            if name == "tool":
                tools.append((str(data["name"]), bool(data["ok"])))
            elif name == "done":
                text, self.conversation = str(data["reply"]), str(data["conversation"])
            elif name == "error":
                text = _sentence(json.dumps(data))
        return Reply(text, tuple(tools))

    async def stored(self, *, trash: bool = True) -> list[wire.Task]:
        """Return every task, those in the trash as well unless told otherwise, by number."""
        found: list[wire.Task] = []
        for of_trash in (False, True) if trash else (False,):
            query = wire.TaskQuery(status="all", trash=of_trash, sort="number", limit=wire.PAGE_LIMIT)
            found += (await self.tasks.tasks(query)).tasks
        return sorted(found, key=lambda task: task.number)

    async def shown(self) -> list[Json]:
        """Return every task in the form of the cases."""
        return [show_task(task, self.tz) for task in await self.stored()]

    async def new_changes(self) -> list[wire.Change]:
        """Return the changes of the user's tasks since this was last asked."""
        found: list[wire.Change] = []
        more = True
        while more:
            page = await self.tasks.changes(self._sequence)
            found += page.changes
            self._sequence = found[-1].sequence if found else self._sequence
            more = page.more
        return found


def touched(changes: Sequence[wire.Change]) -> int:
    """Count the tasks that a person or agent changed, without what workers did; the dates of one series count once."""
    own = [change for change in changes if change.actor.get("kind") != ActorKind.SYSTEM]
    return len({change.snapshot.get("series_id") or change.subject for change in own})


def _events(stream: str) -> list[tuple[str, dict[str, object]]]:
    found = []
    for block in stream.replace("\r\n", "\n").split("\n\n"):
        lines = [line.partition(":") for line in block.split("\n") if line and not line.startswith(":")]
        fields = {name: value.removeprefix(" ") for name, _, value in lines}
        if "event" in fields:
            found.append((fields["event"], json.loads(fields.get("data", "{}"))))
    return found


def _sentence(problem: str) -> str:
    """Return the sentence of a problem answer, or its text when it is none."""
    try:
        read = json.loads(problem)
    except ValueError:
        return problem
    return f"{read.get('detail', '')} {read.get('advice', '')}".strip() if isinstance(read, dict) else problem
