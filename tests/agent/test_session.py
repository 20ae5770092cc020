"""What a conversation remembers: across processes, for one user only, and one line at a time."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.session import Call, Conversations, Memory, Named, Pending
from taskora.domain.errors import StorageBusy
from taskora.runtime.embedded.state import StoredState
from taskora.storage.database import Database
from taskora.storage.migration import migrate

pytestmark = pytest.mark.anyio

MILK = Named("id-1", 1, "milk")
QUESTION = Pending("q-1", Call("delete_tasks", {"tasks": ["milk"]}), (MILK,))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'taskora.db'}"
    migrate(url)
    database = Database(url)
    yield database
    await database.close()


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(StoredState(database))


async def test_memory_and_question_outlive_the_process(database: Database) -> None:
    async with Conversations(StoredState(database)).turn("ann", "c") as turn:
        turn.memory, turn.pending = Memory((MILK,), MILK, added=True), QUESTION
    async with Conversations(StoredState(database)).turn("ann", "c") as later:
        assert later.memory == Memory((MILK,), MILK, added=True)
        assert later.pending == QUESTION


async def test_a_question_is_taken_once(conversations: Conversations) -> None:
    async with conversations.turn("ann", "c") as turn:
        turn.pending = QUESTION
    async with conversations.turn("ann", "c") as second:
        assert second.pending == QUESTION
        second.pending = None
    async with conversations.turn("ann", "c") as third:
        assert third.pending is None


@pytest.mark.requirement("R-013")
async def test_nobody_reaches_the_conversation_of_another_by_its_name(conversations: Conversations) -> None:
    async with conversations.turn("ann", "c") as turn:
        turn.memory, turn.pending = Memory((MILK,)), QUESTION
    for user, name in (("bob", "c"), ("ann", "d"), ("ann/c", "question"), ("", "ann")):
        async with conversations.turn(user, name) as other:
            assert other.memory == Memory()
            assert other.pending is None


async def test_two_lines_of_one_conversation_are_answered_one_after_the_other(conversations: Conversations) -> None:
    seen: list[str] = []

    async def line(name: str) -> None:
        async with conversations.turn("ann", "c") as turn:
            seen.append(f"{name} began with {len(turn.memory.shown)}")
            await asyncio.sleep(0)
            turn.memory = Memory((*turn.memory.shown, MILK))
            seen.append(f"{name} ended")

    await asyncio.gather(line("first"), line("second"), line("third"))
    assert seen == [
        "first began with 0",
        "first ended",
        "second began with 1",
        "second ended",
        "third began with 2",
        "third ended",
    ]


async def test_what_goes_wrong_in_a_line_leaves_the_memory_as_it_was(conversations: Conversations) -> None:
    async with conversations.turn("ann", "c") as turn:
        turn.memory = Memory((MILK,))

    async def broken() -> None:
        async with conversations.turn("ann", "c") as turn:
            turn.memory = Memory()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await broken()
    async with conversations.turn("ann", "c") as later:
        assert later.memory == Memory((MILK,))


async def test_a_question_that_cannot_be_kept_is_an_error_but_a_memory_is_not(
    tmp_path: Path, database: Database
) -> None:
    hasty = Database(f"sqlite:///{tmp_path / 'taskora.db'}", wait=0.2)
    conversations = Conversations(StoredState(hasty))

    async def line(pending: Pending | None) -> None:
        async with conversations.turn("ann", "c") as turn:
            turn.memory, turn.pending = Memory((MILK,)), pending

    with closing(sqlite3.connect(tmp_path / "taskora.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await line(None)
        with pytest.raises(StorageBusy):
            await line(QUESTION)
    await hasty.close()
    async with Conversations(StoredState(database)).turn("ann", "c") as later:
        assert later.memory == Memory()
