"""What a conversation remembers between two lines: the tasks last shown, the task last touched, the question that is open.

It is kept behind the State port, so that it outlives the process, under a key that holds the user's id: nobody reaches
another's conversation by knowing its name. The words said are kept only where a language model needs them: the last few.
A message with an id of its client's is answered once (`messages`).
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote
from weakref import WeakValueDictionary

import structlog
from pydantic import TypeAdapter

from taskora.domain.errors import TaskoraError
from taskora.runtime.ports import State

log = structlog.get_logger(__name__)

LIFETIME = dt.timedelta(days=30)
QUESTION_LIFETIME = dt.timedelta(hours=12)
EXCHANGES = 8
"""Exchanges that a language model sees."""
SHORT = 1500
"""Characters that are kept of a line or a reply."""


@dataclass(frozen=True, slots=True)
class Named:
    """A task as the conversation knows it; `due` in the words in which it was shown."""

    id: str
    number: int
    title: str
    due: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A tool and its arguments, JSON-ready."""

    tool: str
    arguments: dict[str, object]


@dataclass(frozen=True, slots=True)
class Pending:
    """An open question. With `candidates`: which of them is meant by the one task of `call`; without: shall `call` be made.

    `id` is the idempotency key of the call, so that an answer that arrives twice acts once. `then`: calls that the same yes
    makes afterwards, under keys that begin with the id.
    """

    id: str
    call: Call
    candidates: tuple[Named, ...] = ()
    then: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known from the lines before: the tasks last shown, and the one last touched.

    `added`: the last line added it. `did`: the last change of tasks, which may be made to another too. `back`: the call that
    takes back a change of preferences, where that was the last one.
    """

    shown: tuple[Named, ...] = ()
    last: Named | None = None
    added: bool = False
    did: Call | None = None
    back: Call | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A line and the reply to it, both cut to what a language model needs of them."""

    line: str
    reply: str


@dataclass(slots=True)
class Conversation:
    """One conversation while a line of it is being answered. `talk`: the last exchanges, where they are kept."""

    id: str
    memory: Memory = field(default_factory=Memory)
    pending: Pending | None = None
    talk: tuple[Exchange, ...] = ()

    def heard(self, line: str, reply: str) -> None:
        """Add an exchange; old ones are forgotten."""
        self.talk = (*self.talk, Exchange(line[:SHORT], reply[:SHORT]))[-EXCHANGES:]


_MEMORY = TypeAdapter(Memory)
_PENDING = TypeAdapter(Pending)
_TALK = TypeAdapter(tuple[Exchange, ...])


class Journal(Protocol):
    """What an answer begins with, kept by whoever may have to begin it again (see `messages`)."""

    @property
    def begun(self) -> tuple[Memory, Pending | None] | None:
        """Return what the answer began with when it was begun before and came to no end."""

    async def begin(self, memory: Memory, pending: Pending | None) -> None:
        """Keep what the answer begins with."""


class Conversations:
    """Opens conversations, one line at a time. `words`: the last exchanges are kept too."""

    def __init__(self, state: State, *, words: bool = False) -> None:
        self._state = state
        self._words = words
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(
        self, user_id: str, conversation: str, journal: Journal | None = None
    ) -> AsyncIterator[Conversation]:
        """Give the conversation for one line and keep what became of it; another line of it waits meanwhile.

        The open question is taken away at once, by a conditional delete: whoever takes it, and only they, may act on it. A
        line that is begun again gets what it began with.
        """
        key = f"conversation/{quote(user_id, safe='')}/{conversation}"
        lock = self._turns.setdefault(key, asyncio.Lock())
        async with lock:
            kept = await self._state.get(key)
            memory = _MEMORY.validate_python(kept.value) if kept else Memory()
            opened = await self._opened(key, conversation, memory, journal)
            talk = opened.talk
            yield opened
            if opened.pending:
                question = _PENDING.dump_python(opened.pending, mode="json")
                await self._state.put(f"{key}/question", question, ttl=QUESTION_LIFETIME)
            if opened.memory != memory:
                await self._remember(key, _MEMORY.dump_python(opened.memory, mode="json"))
            if self._words and opened.talk != talk:
                await self._remember(f"{key}/talk", _TALK.dump_python(opened.talk, mode="json"))

    async def _remember(self, key: str, value: object) -> None:
        """Store what helps with the next line. Where that fails, the next line knows less, and this one stays answered."""
        try:
            await self._state.put(key, value, ttl=LIFETIME)
        except TaskoraError as error:
            log.warning("conversation not remembered", code=error.code)

    async def _opened(self, key: str, name: str, memory: Memory, journal: Journal | None) -> Conversation:
        talked = await self._state.get(f"{key}/talk") if self._words else None
        talk = _TALK.validate_python(talked.value) if talked else ()
        asked = await self._state.get(f"{key}/question")
        pending = _PENDING.validate_python(asked.value) if asked else None
        if journal and journal.begun:
            memory, begun = journal.begun
            again = pending is None or (begun is not None and begun.id == pending.id)
            pending = begun if again else pending
        elif journal:
            await journal.begin(memory, pending)
        if asked and not await self._state.delete(f"{key}/question", etag=asked.etag):
            pending = None
            if journal:
                await journal.begin(memory, None)
        return Conversation(name, memory, pending, talk)
