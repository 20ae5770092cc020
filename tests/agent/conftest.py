"""A conversation over a whole host. It is Tuesday, 24 November 2026, 10:00 in New York."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.clocks import MovableClock

if TYPE_CHECKING:
    from tests.agent.modelled import Modelled, ModelledWith
    from tests.agent.talk import Talk
    from tests.hosts import LocalHost


@pytest.fixture
def talk(host: "LocalHost") -> "Talk":
    from tests.agent.talk import Talk  # noqa: PLC0415  a test of pure code does not wait for a host's imports

    return Talk(host)


@pytest.fixture
async def modelled_with(tmp_path: Path, clock: MovableClock) -> "AsyncIterator[ModelledWith]":
    """Give what starts a host with a language model and settings for it."""
    from tests.agent.model_server import serving  # noqa: PLC0415  the same
    from tests.agent.modelled import Modelled, start  # noqa: PLC0415  the same

    started: list[Modelled] = []
    async with serving() as server:

        async def begin(**settings: Any) -> Modelled:
            started.append(await start(tmp_path / f"data-{len(started)}", clock, server, **settings))
            return started[-1]

        yield begin
        for one in started:
            await one.host.close()


@pytest.fixture
async def modelled(modelled_with: "ModelledWith") -> "Modelled":
    """Give a host with a language model."""
    return await modelled_with()
