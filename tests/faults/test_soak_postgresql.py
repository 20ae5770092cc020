"""The soak with a PostgreSQL server below the host, which is killed as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.soaking.round import run
from tests.postgresql import Server

DURABLE = ("-c", "shared_buffers=64MB")
"""A commit is on the disk when it is confirmed: this server is killed."""
KILLS = 20


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server that keeps what it confirmed."""
    server = Server(DURABLE)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.mark.requirement("R-062", "R-064")
@pytest.mark.timeout(300)
def test_kills_of_the_host_and_of_the_database_server_leave_no_difference(tmp_path: Path, server: Server) -> None:
    tally = run(tmp_path / "house", "postgresql", KILLS, people=4, server=server)
    assert tally.changes > KILLS
