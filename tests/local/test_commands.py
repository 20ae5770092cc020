"""The commands `up` and `down`, and the ways in which a host cannot start, by real processes."""

import os
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from services.local import exits, folder, host_file, launch
from taskora.storage.migration import migrate
from tests.clocks import MovableClock
from tests.hosts import TASKORA, HostProcess
from tests.waiting import until_now

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def idle(tmp_path: Path, clock: MovableClock) -> Iterator[HostProcess]:
    """Give a data folder on which no host runs yet."""
    process = HostProcess(tmp_path / "data", clock)
    yield process
    process.stop()


def test_up_answers_at_the_address_it_prints(host_process: HostProcess) -> None:
    record = host_process.record
    assert record is not None
    until_now(lambda: f"Taskora is running at {record.url}" in folder.log(host_process.data_dir).read_text())
    health = httpx2.get(f"{record.url}/health", timeout=20).json()
    assert health == {"status": "ready", "name": "taskora", "version": launch.own_version()}


def test_a_second_up_names_the_first_and_is_no_error(host_process: HostProcess) -> None:
    record = host_process.record
    assert record is not None
    for arguments in (["up"], ["up", "--detach"]):
        again = host_process.command(*arguments)
        assert (again.returncode, again.stderr) == (0, "")
        assert record.url in again.stdout
    assert host_process.record == record


def test_a_detached_host_lives_on_its_own_until_down_ends_it(idle: HostProcess) -> None:
    up = idle.command("up", "--detach")
    assert up.returncode == 0, up.stderr
    record = idle.record
    assert record is not None
    assert record.url in up.stdout
    assert os.getsid(record.pid) == record.pid
    assert {Path(f"/proc/{record.pid}/fd/{number}").resolve() for number in (1, 2)} == {folder.log(idle.data_dir)}
    down = idle.command("down")
    assert down.returncode == 0
    assert record.url in down.stdout
    assert idle.record is None
    assert host_file.read(idle.data_dir) is None
    assert idle.command("down").stdout == "Taskora is not running.\n"


def test_the_data_folder_holds_nothing_that_others_may_read(host_process: HostProcess) -> None:
    made = {path.name: path.stat().st_mode & 0o077 for path in host_process.data_dir.iterdir()}
    del made["taskora.log"]  # this one the fixture made
    assert {"taskora.db", "host.json", "host.lock"} <= made.keys()
    assert set(made.values()) == {0}


def test_clients_that_come_at_once_share_one_host(idle: HostProcess) -> None:
    together = [
        subprocess.Popen([TASKORA, "up", "--detach"], env=idle.environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = {process.communicate(timeout=90)[0] for process in together}
    assert [process.returncode for process in together] == [0, 0, 0]
    assert len(answers) == 1


def test_a_killed_host_and_its_host_json_hinder_nobody(host_process: HostProcess) -> None:
    host_process.kill()
    assert host_file.read(host_process.data_dir) is not None
    assert host_process.command("down").stdout == "Taskora is not running.\n"
    again = host_process.command("up", "--detach")
    assert again.returncode == 0
    assert "Started Taskora" in again.stderr or "running" in again.stdout


def test_a_host_json_that_cannot_be_read_hinders_nobody(idle: HostProcess) -> None:
    idle.data_dir.mkdir()
    (idle.data_dir / "host.json").write_text("{ half of it")
    assert idle.command("up", "--detach").returncode == 0


def test_an_older_host_is_replaced_and_a_newer_one_refused(host_process: HostProcess) -> None:
    old = host_process.record
    assert old is not None
    host_file.write(host_process.data_dir, host_file.HostRecord(old.port, old.pid, "0.0.1", old.key))
    replaced = host_process.command("up", "--detach")
    assert replaced.returncode == 0, replaced.stderr
    assert "0.0.1" in replaced.stderr
    new = host_process.record
    assert new is not None
    assert new.pid != old.pid
    host_file.write(host_process.data_dir, host_file.HostRecord(new.port, new.pid, "99.0.0", new.key))
    refused = host_process.command("chat", "what's due")
    assert (refused.returncode, refused.stdout) == (exits.CANNOT_START, "")
    assert "99.0.0" in refused.stderr
    assert launch.own_version() in refused.stderr
    assert host_process.record is not None
    assert host_process.record.pid == new.pid


def test_a_port_that_was_set_and_is_taken_is_named_with_its_setting(idle: HostProcess) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        idle.environment["TASKORA_PORT"] = port
        for arguments in (["up"], ["up", "--detach"]):
            refused = idle.command(*arguments)
            assert refused.returncode == exits.CANNOT_START
            [line] = refused.stderr.splitlines()
            assert line.startswith("error: ")
            assert port in line
            assert "TASKORA_PORT" in line


def test_a_default_port_that_is_taken_gives_way_to_a_free_one(idle: HostProcess) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8710))
            taken.listen()
        except OSError:
            assert launch is not None  # another program has it, which serves as well
        assert idle.start().port != 8710


def test_a_folder_that_cannot_be_used_is_named_with_its_setting(idle: HostProcess, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    idle.environment["TASKORA_DATA_DIR"] = str(tmp_path / "file" / "data")
    for arguments in (["up"], ["up", "--detach"], ["chat", "what's due"]):
        refused = idle.command(*arguments)
        assert (refused.returncode, refused.stdout) == (exits.CANNOT_START, "")
        [line] = refused.stderr.splitlines()
        assert "TASKORA_DATA_DIR" in line


def test_a_newer_database_is_refused_by_name_and_left_as_it_is(idle: HostProcess) -> None:
    idle.data_dir.mkdir()
    migrate(f"sqlite:///{folder.database(idle.data_dir)}")
    with sqlite3.connect(folder.database(idle.data_dir)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    for arguments in (["up"], ["up", "--detach"]):
        refused = idle.command(*arguments)
        assert refused.returncode == exits.CANNOT_START
        [line] = refused.stderr.splitlines()
        assert "9999" in line
        assert "newer" in line
    with sqlite3.connect(folder.database(idle.data_dir)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    database.close()
    assert idle.record is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_host_cleanly(host_process: HostProcess, number: signal.Signals) -> None:
    record = host_process.record
    assert record is not None
    os.kill(record.pid, number)
    assert host_process._process is not None
    assert host_process._process.wait(20) == 0
    assert host_file.read(host_process.data_dir) is None
    assert "Traceback" not in folder.log(host_process.data_dir).read_text()


def test_a_setting_that_cannot_be_read_is_one_line(idle: HostProcess) -> None:
    idle.environment["TASKORA_PORT"] = "http"
    refused = idle.command("up")
    assert refused.returncode == exits.CANNOT_START
    assert refused.stderr.splitlines() == [
        "error: TASKORA_PORT is 'http'. Set it to a number from 1 to 65535, or unset it."
    ]


def test_a_wrong_command_line_is_a_usage_error(idle: HostProcess) -> None:
    for arguments in (["upp"], ["up", "--sideways"], ["chat", "one", "two"]):
        refused = idle.command(*arguments)
        assert refused.returncode == exits.USAGE
        assert "Traceback" not in refused.stderr
