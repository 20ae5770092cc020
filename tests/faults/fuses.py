"""The wrappers that kill: around the database, the publisher and the handlers of a host. Nothing of this is in the product.

Each place that is passed is looked up in a folder shared with the test. A file `armed` there names the place to die at, or a
pattern of places,
`trace` collects the places that were passed meanwhile, `published` every event that the broker has taken, `handled` those
that a consumer was done with. While there is a
file `outage`, the broker takes nothing.
"""

import json
import os
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from services.local.host import Wrappers
from taskora.domain.errors import Unavailable
from taskora.domain.events import Event, Topic
from taskora.runtime.ports import Handled, Handler, Outcome, Publisher
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork
from tests.faults.disorder import Chance, DisorderedPublisher, unreliable
from tests.faults.soaking.broken import broken
from tests.faults.soaking.witnesses import witnessed
from tests.wrapped import WrappedDatabase

T = TypeVar("T")
_doing: ContextVar[str] = ContextVar("doing", default="the request")
_BY_MODULE = {"taskora.runtime.relay": "the relay", "taskora.runtime.embedded.consumer": "a consumer"}


class Fuses:
    """The places to die of one host process."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared
        self._passed: Counter[str] = Counter()
        self._chance = Chance(shared)

    def wrappers(self) -> Wrappers:
        """Return what the host wraps its parts with."""
        wrap = Wrappers(
            database=lambda database: _Database(database, self),
            publisher=lambda publisher: _Publisher(DisorderedPublisher(publisher, self._chance), self),
            handler=lambda handler: partial(_handle, self, unreliable(handler, self._chance)),
        )
        wrap = broken(wrap, self._read("broken"))
        witness = (self._shared / "witness").exists()
        return witnessed(wrap, lambda handler: unreliable(handler, self._chance)) if witness else wrap

    def pass_by(self, place: str) -> None:
        """Note that the host is at a place; die there when the fuse says so."""
        armed = self._read("armed")
        if armed is None:
            self._passed.clear()
            return
        self.note("trace", place)
        number, _, pattern = armed.partition(" ")
        if not fnmatchcase(place, pattern):
            return
        self._passed[pattern] += 1
        if self._passed[pattern] == int(number):
            os.kill(os.getpid(), signal.SIGKILL)

    def check_broker(self) -> None:
        """Raise Unavailable while the broker shall be away."""
        if self._read("outage") is not None:
            raise Unavailable("The broker is away.")

    def note(self, name: str, line: str) -> None:
        """Add a line to a file of the shared folder; one write, so that a death leaves no half of it."""
        descriptor = os.open(self._shared / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(descriptor, f"{line}\n".encode())
        os.close(descriptor)

    def _read(self, name: str) -> str | None:
        try:
            return (self._shared / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None


class _Database(WrappedDatabase):
    """The database, with a fuse before, within and after each commit that somebody of the path asks for."""

    def __init__(self, inner: Database, fuses: Fuses) -> None:
        super().__init__(inner)
        self._fuses = fuses

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        if work.__module__.endswith((".retention", ".reconcile")):  # rounds, no part of any way
            return await self.inner.write(work)
        place = f"commit of {_committer(work)}"
        self._fuses.pass_by(f"before {place}")

        def watched(unit: UnitOfWork) -> T:
            value = work(unit)
            unit.flush()
            self._fuses.pass_by(f"within {place}")
            return value

        value = await self.inner.write(watched)
        self._fuses.pass_by(f"after {place}")
        return value


class _Publisher:
    """The publish port, with a fuse on either side and a record of what went through."""

    def __init__(self, inner: Publisher, fuses: Fuses) -> None:
        self._inner = inner
        self._fuses = fuses

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        self._fuses.check_broker()
        places = dict.fromkeys(f"publish of {event.type} on {topic.value}" for event in events)
        for place in places:
            self._fuses.pass_by(f"before {place}")
        await _as(f"the broker on {topic.value}", self._inner.publish(topic, events))
        for event in events:
            self._fuses.note("published", json.dumps([topic.value, event.to_dict()]))
        for place in places:
            self._fuses.pass_by(f"after {place}")


async def _handle(fuses: Fuses, handler: Handler, event: Event) -> Handled:
    fuses.pass_by(f"before delivery of {event.type}")
    handled = await _as(f"the effect of {event.type}", handler(event))
    if handled.outcome is Outcome.SUCCESS:
        fuses.note("handled", json.dumps([event.type, event.id]))
    fuses.pass_by(f"after delivery of {event.type}")
    return handled


async def _as(name: str, doing: Awaitable[T]) -> T:
    token = _doing.set(name)
    try:
        return await doing
    finally:
        _doing.reset(token)


def _committer(work: Callable[..., Any]) -> str:
    """Say for whom a commit is: the relay and the consumers by their code, all others by what is being done."""
    return _BY_MODULE.get(work.__module__, _doing.get())
