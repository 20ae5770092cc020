"""A process that is killed leaves whole commands: those that were confirmed, and no half one."""

import subprocess
import sys
from pathlib import Path

import pytest

from taskora.storage import changes, outbox
from taskora.storage.database import Database
from tests.storage.samples import keys, numbered

pytestmark = pytest.mark.anyio


@pytest.fixture
def url(database_url: str) -> str:
    """Let every test of this module run on both systems."""
    return database_url


def lines_before_the_kill(url: str) -> list[str]:
    """Run the writer until it stands in the middle of a command, and kill it there."""
    script = Path(__file__).with_name("killed_writer.py")
    root = Path(__file__).parents[2]
    command = [sys.executable, str(script), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env={"PYTHONPATH": "."}) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().strip() for _ in range(6)]
        child.kill()
    return told


async def test_a_kill_in_the_middle_of_a_command_leaves_the_confirmed_ones_and_nothing_of_it(url: str) -> None:
    told = lines_before_the_kill(url)
    assert told == ["1", "2", "3", "4", "5", "in the middle"]
    database = Database(url)
    log = await database.read(lambda connection: changes.since(connection, "tasks", "ann", 0))
    rows = await database.read(lambda connection: outbox.pending(connection, "tasks"))
    assert [entry.sequence for entry in log] == [1, 2, 3, 4, 5]
    assert [row.event_id for row in rows] == [entry.change.event_id for entry in log for _ in range(2)]
    assert await database.read(keys) == []
    assert await database.write(numbered) == 6
    await database.close()
