"""What the surroundings do to the database comes out as an error of our tree, and nothing is half done."""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from taskora.domain.errors import CannotStart, FolderUnusable, StorageBusy, StorageFull
from taskora.storage.database import Database
from taskora.storage.migration import migrate
from taskora.storage.unit_of_work import UnitOfWork
from tests.storage.samples import LIMIT, keys, put
from tests.waiting import until_now

pytestmark = pytest.mark.anyio
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]


def own_mounts() -> bool:
    """Tell whether this system lets a process have a disk of its own."""
    return shutil.which("unshare") is not None and subprocess.run([*NAMESPACE, "true"], check=False).returncode == 0


@pytest.mark.skipif("CI" not in os.environ and not own_mounts(), reason="needs a mount namespace (Linux)")
def test_a_full_disk_is_said_loses_nothing_and_heals_when_space_is_freed(tmp_path: Path) -> None:
    script = Path(__file__).with_name("full_disk.py")
    run = subprocess.run(
        [*NAMESPACE, sys.executable, str(script), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": ".", "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert "disk is full" in told["refused"]
    assert len(told["confirmed"]) > 3
    assert told["kept"] == told["confirmed"]
    assert told["after"] == [*told["confirmed"], "later"]


async def test_a_work_that_fills_the_database_takes_those_before_it_along_but_not_those_behind(url: str) -> None:
    def fill(unit: UnitOfWork) -> None:
        driver = unit.connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA max_page_count = 1")  # is raised to the present size: no page more
        for number in range(100):
            put(unit, f"k{number}", "x" * 4096)

    database = Database(url, turn=LIMIT)
    works: list[Callable[[UnitOfWork], object]] = [
        lambda unit: put(unit, "before"),
        fill,
        lambda unit: put(unit, "behind"),
    ]
    before, filling, behind = await asyncio.gather(*(database.write(work) for work in works), return_exceptions=True)
    assert isinstance(before, StorageFull)
    assert isinstance(filling, StorageFull)
    assert behind is None
    assert await database.read(keys) == ["behind"]
    await database.close()


async def test_a_database_locked_by_another_process_is_busy_and_then_free_again(url: str, path: Path) -> None:
    database = Database(url, wait=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await database.read(keys) == []
    answers = await asyncio.gather(
        *(database.write(lambda unit: put(unit, "a")) for _ in range(3)), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [StorageBusy] * 3
    assert await database.read(keys) == []
    other.execute("ROLLBACK")
    other.close()
    await database.write(lambda unit: put(unit, "a"))
    assert await database.read(keys) == ["a"]
    await database.close()


async def test_a_lock_that_ends_in_time_is_waited_for_without_holding_up_the_loop(url: str, path: Path) -> None:
    database = Database(url, wait=LIMIT)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    write = asyncio.ensure_future(database.write(lambda unit: put(unit, "a")))
    for _ in range(10):
        assert await database.read(keys) == []
        await asyncio.sleep(0)
    assert not write.done()
    other.execute("ROLLBACK")
    other.close()
    await write
    assert await database.read(keys) == ["a"]
    await database.close()


async def test_a_write_that_waits_too_long_for_its_turn_is_refused_as_busy_and_never_done(url: str) -> None:
    def slow(unit: UnitOfWork) -> None:
        begun = time.monotonic()
        until_now(lambda: time.monotonic() > begun + 0.06)
        put(unit, "slow")

    database = Database(url, wait=0.05)
    await database.write(lambda _: None)  # opens the connection, which on a loaded machine takes longer than that
    works = [slow, lambda unit: put(unit, "late")]
    slow_one, late = await asyncio.gather(*(database.write(work) for work in works), return_exceptions=True)
    assert slow_one is None
    assert isinstance(late, StorageBusy)
    assert await database.read(keys) == ["slow"]
    await database.close()


@pytest.mark.parametrize("below", ["", "folder/"])
def test_a_folder_that_cannot_be_made_is_named_with_the_setting(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(FolderUnusable) as caught:
        migrate(f"sqlite:///{tmp_path}/file/{below}taskora.db")
    assert str(tmp_path / "file") in caught.value.sentence
    assert "TASKORA_DATA_DIR" in caught.value.sentence


async def test_the_same_comes_out_of_a_write_and_of_a_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    database = Database(f"sqlite:///{tmp_path}/file/taskora.db")
    with pytest.raises(FolderUnusable):
        await database.write(lambda unit: put(unit, "a"))
    with pytest.raises(FolderUnusable):
        await database.read(keys)
    await database.close()


def test_a_file_that_is_no_database_is_refused_by_name_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "taskora.db"
    path.write_text("a letter to my aunt " * 100)
    with pytest.raises(CannotStart, match=r"taskora\.db"):
        migrate(f"sqlite:///{path}")
    assert path.read_text() == "a letter to my aunt " * 100


@pytest.mark.parametrize("url", ["mysql://localhost/tasks", "sqlite://", "sqlite:///:memory:"])
def test_a_database_that_cannot_be_carried_is_refused_before_anything_is_opened(url: str) -> None:
    with pytest.raises((CannotStart, ValueError), match="database"):
        Database(url)
