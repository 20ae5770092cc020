"""What a conversation remembers between two lines: the tasks last shown, the task last touched, the question that is open.

It is kept behind the State port, so that it outlives the process, under a key that holds the user's id: nobody reaches
another's conversation by knowing its name. Not here: the words said, which nothing needs afterwards.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import quote
from weakref import WeakValueDictionary

from pydantic import TypeAdapter

from taskora.runtime.ports import State

LIFETIME = dt.timedelta(days=30)
QUESTION_LIFETIME = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Named:
    """A task as the conversation knows it."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Call:
    """A tool and its arguments, JSON-ready."""

    tool: str
    arguments: dict[str, object]


@dataclass(frozen=True, slots=True)
class Pending:
    """An open question. With `candidates`: which of them is meant by the one task of `call`; without: shall `call` be made.

    `id` is the idempotency key of the call, so that an answer that arrives twice acts once.
    """

    id: str
    call: Call
    candidates: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known from the lines before. `added`: the last line added the last task."""

    shown: tuple[Named, ...] = ()
    last: Named | None = None
    added: bool = False


@dataclass(slots=True)
class Conversation:
    """One conversation while a line of it is being answered."""

    id: str
    memory: Memory = field(default_factory=Memory)
    pending: Pending | None = None


_MEMORY = TypeAdapter(Memory)
_PENDING = TypeAdapter(Pending)


class Conversations:
    """Opens conversations, one line at a time."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, user_id: str, conversation: str) -> AsyncIterator[Conversation]:
        """Give the conversation for one line and keep what became of it; another line of it waits meanwhile.

        The open question is taken away at once, by a conditional delete: whoever takes it, and only they, may act on it.
        """
        key = f"conversation/{quote(user_id, safe='')}/{conversation}"
        lock = self._turns.setdefault(key, asyncio.Lock())
        async with lock:
            kept = await self._state.get(key)
            memory = _MEMORY.validate_python(kept.value) if kept else Memory()
            opened = Conversation(conversation, memory, await self._take(f"{key}/question"))
            yield opened
            if opened.pending:
                question = _PENDING.dump_python(opened.pending, mode="json")
                await self._state.put(f"{key}/question", question, ttl=QUESTION_LIFETIME)
            if opened.memory != memory:
                await self._state.put(key, _MEMORY.dump_python(opened.memory, mode="json"), ttl=LIFETIME)

    async def _take(self, key: str) -> Pending | None:
        entry = await self._state.get(key)
        if entry is None or not await self._state.delete(key, etag=entry.etag):
            return None
        return _PENDING.validate_python(entry.value)
