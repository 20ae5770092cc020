"""A database around another one, for tests and benchmarks that watch its writes or break them."""

from collections.abc import Callable
from typing import TypeVar

from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork

T = TypeVar("T")


class WrappedDatabase(Database):
    """Hands everything to `inner`; a subclass says what is different about `write`."""

    def __init__(self, inner: Database) -> None:  # the inner one has its carrier; this one needs none
        self.inner = inner

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.inner.write(work)

    async def read(self, query: Callable[..., T]) -> T:
        return await self.inner.read(query)

    async def claim(self, name: str) -> bool:
        return await self.inner.claim(name)

    def on_commit(self, listener: Callable[[], None]) -> None:
        self.inner.on_commit(listener)

    async def close(self) -> None:
        await self.inner.close()
