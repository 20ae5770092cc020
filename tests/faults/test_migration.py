"""A host that is killed again and again while it brings an old file to its version: every task of before is there."""

import random
from pathlib import Path

import pytest

from services.local import folder
from taskora.storage.migration import head_revision
from tests.faults.house import House, living
from tests.storage.test_upgrade import make_old_file

KILLS = 12


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Give a house with a file of the first version."""
    house = House(tmp_path / "house")
    house.settings.data_dir.mkdir()
    make_old_file(folder.database(house.settings.data_dir))
    return house


def test_kills_over_the_migration_of_an_old_file_lose_no_task(house: House) -> None:
    before = house.rows("SELECT id, number, title, version FROM tasks_task ORDER BY number")
    changes = house.rows("SELECT sequence, event_id, fields, snapshot FROM tasks_change ORDER BY sequence")
    chance = random.Random(4)  # noqa: S311  no secret
    for _ in range(KILLS):
        house.start_to_die().join(chance.uniform(0.02, 0.4))
        house.kill()
    with living(house):
        house.drain()
        (revision,) = house.rows("SELECT version_num FROM alembic_version")
        assert revision["version_num"] == head_revision()
        after = house.rows("SELECT id, number, title, version FROM tasks_task ORDER BY number")
        assert after[: len(before)] == before
        log = house.rows("SELECT sequence, event_id, fields, snapshot FROM tasks_change ORDER BY sequence")
        assert log[: len(changes)] == changes
        assert [row["sequence"] for row in log] == list(range(1, len(log) + 1))
        assert house.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
