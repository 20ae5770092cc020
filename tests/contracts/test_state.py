"""What every host promises of state."""

import asyncio
import datetime as dt

import pytest

from taskora.domain.errors import Conflict
from tests.contracts.conftest import EmbeddedWorld
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_an_entry_is_read_as_it_was_put(world: EmbeddedWorld) -> None:
    value = {"turns": [1, 2.5, None, "größer"], "open": True}
    etag = await world.state.put("conversation", value)
    entry = await world.state.get("conversation")
    assert entry is not None
    assert (entry.value, entry.etag) == (value, etag)


async def test_an_entry_that_was_never_put_is_none(world: EmbeddedWorld) -> None:
    assert await world.state.get("nothing") is None
    assert await world.state.delete("nothing") is False


async def test_a_put_replaces_the_value_and_the_etag(world: EmbeddedWorld) -> None:
    first = await world.state.put("key", 1)
    second = await world.state.put("key", 2)
    entry = await world.state.get("key")
    assert entry is not None
    assert (entry.value, entry.etag) == (2, second)
    assert first != second


async def test_a_put_with_an_old_etag_is_a_conflict_and_changes_nothing(world: EmbeddedWorld) -> None:
    old = await world.state.put("key", 1)
    await world.state.put("key", 2, etag=old)
    with pytest.raises(Conflict):
        await world.state.put("key", 3, etag=old)
    entry = await world.state.get("key")
    assert entry is not None
    assert entry.value == 2


async def test_a_put_with_an_etag_does_not_make_an_entry(world: EmbeddedWorld) -> None:
    with pytest.raises(Conflict):
        await world.state.put("key", 1, etag="never given")
    assert await world.state.get("key") is None


async def test_of_many_that_delete_an_entry_one_is_told_so(world: EmbeddedWorld) -> None:
    etag = await world.state.put("approval", "yes")
    told = await asyncio.gather(*(world.state.delete("approval", etag=etag) for _ in range(8)))
    assert told.count(True) == 1


async def test_a_delete_with_an_old_etag_deletes_nothing(world: EmbeddedWorld) -> None:
    old = await world.state.put("key", 1)
    await world.state.put("key", 2)
    assert await world.state.delete("key", etag=old) is False
    assert await world.state.get("key") is not None


async def test_an_entry_ends_with_its_time_to_live(world: EmbeddedWorld) -> None:
    await world.state.put("brief", 1, ttl=dt.timedelta(seconds=1))
    await world.state.put("long", 1, ttl=dt.timedelta(hours=1))
    assert await world.state.get("brief") is not None

    async def gone() -> bool:
        return await world.state.get("brief") is None

    await until(gone)
    assert await world.state.get("long") is not None
    await world.state.put("brief", 2)
    entry = await world.state.get("brief")
    assert entry is not None
    assert entry.value == 2


async def test_what_has_passed_can_be_neither_replaced_nor_deleted_by_its_etag(world: EmbeddedWorld) -> None:
    etag = await world.state.put("approval", "yes", ttl=dt.timedelta(seconds=1))

    async def gone() -> bool:
        return await world.state.get("approval") is None

    await until(gone)
    assert await world.state.delete("approval", etag=etag) is False
    with pytest.raises(Conflict):
        await world.state.put("approval", "again", etag=etag)
    assert await world.state.get("approval") is None


async def test_a_delete_with_the_present_etag_deletes_once(world: EmbeddedWorld) -> None:
    etag = await world.state.put("key", 1, ttl=dt.timedelta(hours=1))
    assert await world.state.delete("key", etag=etag) is True
    assert await world.state.delete("key", etag=etag) is False
    assert await world.state.get("key") is None


async def test_entries_outlive_the_process(world: EmbeddedWorld) -> None:
    await world.state.put("key", "kept")
    await world.restart()
    entry = await world.state.get("key")
    assert entry is not None
    assert entry.value == "kept"
