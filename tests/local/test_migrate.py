"""`taskora migrate`: it says from where to where, on a file and on a server, and leaves alone what a host uses."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from services.local import exits, folder
from taskora.storage.migration import current_revision, head_revision
from tests.clocks import MovableClock
from tests.hosts import HostProcess
from tests.postgresql import Server

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(params=["sqlite", "postgresql"])
def idle(request: pytest.FixtureRequest, tmp_path: Path, clock: MovableClock) -> HostProcess:
    """Give a folder, or an empty database of a server, on which nothing runs."""
    if request.param == "sqlite":
        return HostProcess(tmp_path / "data", clock)
    server: Server = request.getfixturevalue("postgresql_server")
    return HostProcess(tmp_path / "data", clock, server.empty())


def test_a_database_is_made_once_and_then_found_to_be_made(idle: HostProcess) -> None:
    made = idle.command("migrate")
    assert (made.returncode, made.stdout) == (0, f"The database was made, at revision {head_revision()}.\n"), (
        made.stderr
    )
    assert current_revision(folder.database_url(idle.settings)) == head_revision()
    again = idle.command("migrate")
    assert (again.returncode, again.stdout) == (0, f"The database is at revision {head_revision()} already.\n")


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path, clock: MovableClock, postgresql_url: str) -> None:
    async def make_newer() -> None:
        connection = await asyncpg.connect(postgresql_url)
        await connection.execute("UPDATE alembic_version SET version_num = '0099'")
        await connection.close()
        await asyncio.sleep(0)

    asyncio.run(make_newer())
    refused = HostProcess(tmp_path / "data", clock, postgresql_url).command("migrate")
    assert refused.returncode == exits.CANNOT_START
    assert "0099" in refused.stderr
    assert current_revision(postgresql_url) == "0099"


def test_the_file_of_a_running_host_is_left_to_it(host_process: HostProcess) -> None:
    refused = host_process.command("migrate")
    assert refused.returncode == exits.CANNOT_START
    assert "taskora down" in refused.stderr


def test_a_server_that_is_away_is_named_as_away(tmp_path: Path, clock: MovableClock) -> None:
    refused = HostProcess(tmp_path, clock, "postgresql://nobody@127.0.0.1:1/nothing").command("migrate")
    assert refused.returncode in {exits.CANNOT_START, exits.UNAVAILABLE}
    assert "cannot be reached" in refused.stderr
