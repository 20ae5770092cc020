"""What stands beside the contracts of state: a store whose own etags begin anew after a delete."""

import asyncio
import datetime as dt

import pytest

from taskora.domain.errors import Conflict
from tests.dapr.stack import Member, Redis

pytestmark = pytest.mark.anyio


@pytest.mark.requirement("R-074")
async def test_an_approval_is_taken_once_however_many_reach_for_it(base: Member, redis: Redis) -> None:
    state = base.dapr.state
    for _ in range(5):
        etag = await state.put("approval", {"tool": "delete_tasks"}, ttl=dt.timedelta(minutes=5))
        taken = await asyncio.gather(*(state.delete("approval", etag=etag) for _ in range(20)))
        assert taken.count(True) == 1
        assert await state.get("approval") is None
    assert redis.say("DBSIZE") == ["1"]


async def test_an_etag_of_an_entry_that_was_deleted_fits_no_later_one(base: Member, redis: Redis) -> None:
    state = base.dapr.state
    old = await state.put("key", 1)
    assert await state.delete("key", etag=old)
    fresh = await state.put("key", 2)
    with pytest.raises(Conflict):
        await state.put("key", 3, etag=old)
    assert not await state.delete("key", etag=old)
    assert await state.delete("key", etag=fresh)
    assert redis.say("TTL", "caller||key")[0] not in {"-1", "-2"}


async def test_an_entry_without_an_end_stays_after_one_with_an_end(base: Member, redis: Redis) -> None:
    await base.dapr.state.put("key", 1, ttl=dt.timedelta(seconds=30))
    assert int(redis.say("TTL", "caller||key")[0]) > 30
    await base.dapr.state.put("key", 2)
    assert redis.say("TTL", "caller||key") == ["-1"]
