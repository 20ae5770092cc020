"""`taskora doctor`: it finds what is wrong, says so, and changes nothing."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.local import exits, folder
from tests.clocks import MovableClock
from tests.hosts import ZONE, HostProcess
from tests.postgresql import Server

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def idle(tmp_path: Path, clock: MovableClock) -> Iterator[HostProcess]:
    process = HostProcess(tmp_path / "data", clock)
    yield process
    process.stop()


def test_a_healthy_host_has_a_good_line_for_everything(host_process: HostProcess) -> None:
    host_process.say("add daily task standup due 9am")
    done = host_process.command("doctor")
    assert done.returncode == 0, done.stdout
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["ok", name] for name in ("version", "folder", "host", "database", "events", "zone")
    ]
    assert host_process.record is not None
    assert host_process.record.url in done.stdout
    assert ZONE in done.stdout


def test_a_folder_without_a_host_is_healthy_and_nothing_is_started(idle: HostProcess) -> None:
    done = idle.command("doctor")
    assert done.returncode == 0, done.stdout
    assert "not running" in done.stdout
    assert idle.record is None
    assert not folder.database(idle.data_dir).exists()


def test_the_database_of_a_server_is_looked_at_and_its_migration_asked_for(
    idle: HostProcess, postgresql_server: Server, postgresql_url: str
) -> None:
    idle.environment["TASKORA_DATABASE_URL"] = postgresql_url
    done = idle.command("doctor")
    assert done.returncode == 0, done.stdout
    assert "as this version needs it" in done.stdout
    assert "0 to publish, 0 parked, 0 to deliver, 0 dead letters" in done.stdout
    empty = postgresql_server.empty()
    idle.environment["TASKORA_DATABASE_URL"] = empty
    done = idle.command("doctor")
    postgresql_server.drop(empty)
    assert done.returncode == exits.REFUSED
    assert "no tables yet; run `taskora migrate`" in done.stdout
    assert "not looked at before the migration" in done.stdout


def test_a_folder_that_cannot_be_used_is_found(idle: HostProcess, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    idle.environment["TASKORA_DATA_DIR"] = str(tmp_path / "file" / "data")
    done = idle.command("doctor")
    assert done.returncode == exits.REFUSED
    assert "BAD  folder" in done.stdout
    assert "TASKORA_DATA_DIR" in done.stdout


def test_a_newer_database_and_dead_letters_are_found(host_process: HostProcess) -> None:
    host_process.kill()
    database = sqlite3.connect(folder.database(host_process.data_dir))
    with database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.execute(
            "INSERT INTO broker_dead_letter (consumer, topic, event_id, partition_key, envelope, attempts, reason, died_at) "
            "VALUES ('recurrence', 'task-events', 'e', 'local', '{}', 10, 'r', 0)"
        )
    database.close()
    done = host_process.command("doctor")
    assert done.returncode == exits.REFUSED
    assert "BAD  database" in done.stdout
    assert "1 dead letters" in done.stdout
