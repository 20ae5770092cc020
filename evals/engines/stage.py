"""A stage: an embedded host of its own in a folder of its own, whose clock the cases move."""

import asyncio
import datetime as dt
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2

from evals.engines.model_door import Script
from services.local.host import Host
from taskora.config import Settings
from taskora.runtime.embedded.invoke import client_for


@dataclass(slots=True)
class Stage:
    """A running host, a client into it, and the instant that its clock shows."""

    host: Host
    http: httpx2.AsyncClient
    clock_file: Path
    now: dt.datetime
    script: Script | None = None

    def comes(self, case: str, turn: int) -> None:
        """Say which turn comes now, for a model whose answers are recorded."""
        if self.script is not None:
            self.script.begin(case, turn)

    def set_clock(self, now: dt.datetime) -> None:
        """Let the host's clock show an instant."""
        if now != self.now:
            self.now = now
            _write_clock(self.clock_file, now)

    async def settle(self) -> None:
        """Return when the workers have nothing left to do."""
        await self.host.drain()


@dataclass(frozen=True, slots=True)
class Theatre:
    """Where stages are opened: with the model of the settings, one host at a time starting."""

    settings: Settings
    starting: asyncio.Lock
    script: Script | None = None

    @asynccontextmanager
    async def open_stage(self, now: dt.datetime) -> AsyncIterator[Stage]:
        """Start a host whose clock shows `now`, and stop it in the end.

        Only one starts at a time: migrations run under Alembic's one context of the process.
        """
        with tempfile.TemporaryDirectory(prefix="taskora-evals-", ignore_cleanup_errors=True) as folder:
            clock_file = Path(folder) / "clock"
            _write_clock(clock_file, now)
            own = replace(self.settings, data_dir=Path(folder) / "data", clock_file=clock_file)
            async with self.starting:
                host = await Host.start(own)
            try:
                async with client_for(host.app) as http:
                    yield Stage(host, http, clock_file, now, self.script)
            finally:
                await host.stop()


def _write_clock(path: Path, now: dt.datetime) -> None:
    """Replace the file in one step, so that the host never reads half an instant."""
    fresh = path.with_suffix(".new")
    fresh.write_text(now.isoformat(), encoding="ascii")
    fresh.replace(path)
