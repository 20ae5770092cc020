"""Messages that are answered once: one that its client sends again, because the answer got lost, gets the same answer.

What an answer begins with is kept before anything is done, the answer itself when it is whole. A message whose answer was cut
off by a crash begins again with the same memory, question and moment, and its calls carry the same keys, so that the task
service answers what it answered before instead of acting twice. All of it is forgotten after a day.
"""

import asyncio
import datetime as dt
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import quote
from weakref import WeakValueDictionary

import uuid_utils
from pydantic import TypeAdapter

from agent.events import Done
from agent.session import Memory, Pending
from taskora.domain.errors import KeyReused
from taskora.runtime.ports import State

LIFETIME = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Record:
    """A message as it is kept. `text` is a hash: what was said is not kept."""

    text: str
    conversation: str
    said_at: dt.datetime
    memory: Memory = field(default_factory=Memory)
    pending: Pending | None = None
    done: Done | None = None


_RECORD = TypeAdapter(_Record)


class Message:
    """One message of a user while it is being answered."""

    def __init__(self, state: State, key: str, fresh: _Record, known: _Record | None) -> None:
        self._state = state
        self._key = key
        self._known = known
        self._record = known or fresh

    @property
    def conversation(self) -> str:
        """Return the conversation to which it belongs."""
        return self._record.conversation

    @property
    def said_at(self) -> dt.datetime:
        """Return the moment at which it was said first."""
        return self._record.said_at

    @property
    def answer(self) -> Done | None:
        """Return the answer that it got before."""
        return self._record.done

    @property
    def begun(self) -> tuple[Memory, Pending | None] | None:
        """Return what its answer began with, when that came to no end."""
        return (self._known.memory, self._known.pending) if self._known else None

    @property
    def calls(self) -> str:
        """Return what the keys of its calls begin with: the same each time it is answered."""
        return f"chat-{hashlib.sha256(self._key.encode()).hexdigest()[:40]}"

    async def begin(self, memory: Memory, pending: Pending | None) -> None:
        """Keep what its answer begins with."""
        await self._keep(replace(self._record, memory=memory, pending=pending))

    async def end(self, done: Done) -> None:
        """Keep its answer."""
        await self._keep(replace(self._record, memory=Memory(), pending=None, done=done))

    async def _keep(self, record: _Record) -> None:
        self._record = record
        await self._state.put(self._key, _RECORD.dump_python(record, mode="json"), ttl=LIFETIME)


class Messages:
    """Opens messages, each by one caller at a time."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._open: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def opened(
        self, user_id: str, identifier: str, text: str, conversation: str | None, said_at: dt.datetime
    ) -> AsyncIterator[Message]:
        """Give the message of that id. Raises KeyReused when the id was that of another line."""
        key = f"message/{quote(user_id, safe='')}/{identifier}"
        lock = self._open.setdefault(key, asyncio.Lock())
        async with lock:
            kept = await self._state.get(key)
            known = _RECORD.validate_python(kept.value) if kept else None
            digest = hashlib.sha256(text.encode()).hexdigest()
            if known is not None and known.text != digest:
                raise KeyReused(field="client_message_id")
            fresh = _Record(digest, conversation or str(uuid_utils.uuid7()), said_at)
            yield Message(self._state, key, fresh, known)
