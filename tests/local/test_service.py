"""`taskora service`: what is written for systemd and launchd, and that it is taken away again."""

import configparser
import json
import plistlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.local import exits
from services.local.cli import service
from taskora.config import Settings
from tests.clocks import MovableClock
from tests.hosts import HostProcess

pytestmark = pytest.mark.timeout(180)
MANAGER = """#!/bin/sh
echo "$@" >> {log}
[ "$2" != enable ] || [ ! -e {broken} ] || {{ echo "no bus" >&2; exit 1; }}
"""


@pytest.fixture
def idle(tmp_path: Path, clock: MovableClock) -> Iterator[HostProcess]:
    """Give a folder without a host, and a stand-in for systemctl that writes down what it is asked for."""
    process = HostProcess(tmp_path / "data with a space", clock)
    tools = tmp_path / "tools"
    tools.mkdir()
    manager = tools / "systemctl"
    manager.write_text(MANAGER.format(log=tmp_path / "asked", broken=tmp_path / "broken"))
    manager.chmod(0o755)
    process.environment |= {"PATH": f"{tools}:/usr/bin:/bin", "XDG_CONFIG_HOME": str(tmp_path / "config")}
    yield process
    process.stop()


def unit_file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "systemd" / "user" / "taskora.service"


def test_install_writes_a_unit_for_this_folder_and_starts_it(idle: HostProcess, tmp_path: Path) -> None:
    installed = idle.command("service", "install")
    assert installed.returncode == 0, installed.stderr
    assert str(unit_file(tmp_path)) in installed.stdout
    assert (tmp_path / "asked").read_text().splitlines() == [
        "--user daemon-reload",
        "--user enable --now taskora.service",
    ]
    unit = unit_file(tmp_path).read_text()
    assert f'Environment="TASKORA_DATA_DIR={idle.data_dir}"' in unit
    assert 'Environment="TASKORA_ZONE=America/New_York"' in unit
    assert unit_file(tmp_path).stat().st_mode & 0o077 == 0


def test_what_the_unit_starts_is_the_host(idle: HostProcess, tmp_path: Path) -> None:
    idle.command("service", "install")
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys as they are
    parser.read(unit_file(tmp_path))
    command = [part.strip('"') for part in parser["Service"]["ExecStart"].split(" ")]
    process = subprocess.Popen(command, env=idle.environment, stderr=subprocess.DEVNULL)
    try:
        assert "running" in idle.command("up", "--detach").stdout
        record = idle.record
        assert record is not None
        assert record.pid == process.pid
        assert idle.command("down").returncode == 0
        assert process.wait(20) == 0  # no failure: the manager leaves it ended
    finally:
        process.kill()
        process.wait(20)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "taskora.service"
    file.write_bytes(service.unit(Settings(data_dir=tmp_path / 'odd "name" 100%'), service.program()))
    checked = subprocess.run(["systemd-analyze", "verify", "--user", file], capture_output=True, text=True, check=False)
    assert "taskora.service" not in checked.stderr, checked.stderr


def test_uninstall_takes_it_away_and_twice_is_no_error(idle: HostProcess, tmp_path: Path) -> None:
    idle.command("service", "install")
    gone = idle.command("service", "uninstall", "--json")
    assert json.loads(gone.stdout) == {"installed": False, "file": str(unit_file(tmp_path))}
    assert not unit_file(tmp_path).exists()
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[-2:] == ["--user disable --now taskora.service", "--user daemon-reload"]
    assert "was not installed" in idle.command("service", "uninstall").stdout


def test_a_manager_that_fails_is_named_with_what_it_said(idle: HostProcess, tmp_path: Path) -> None:
    (tmp_path / "broken").touch()
    failed = idle.command("service", "install")
    assert failed.returncode == exits.CANNOT_START
    [line] = failed.stderr.splitlines()
    assert "no bus" in line


def test_a_system_without_a_manager_is_told_so_and_nothing_is_written(idle: HostProcess, tmp_path: Path) -> None:
    (tmp_path / "tools" / "systemctl").unlink()
    idle.environment["PATH"] = str(tmp_path / "tools")
    refused = idle.command("service", "install")
    assert refused.returncode == exits.CANNOT_START
    assert "systemctl" in refused.stderr
    assert not unit_file(tmp_path).exists()


def test_the_property_list_for_launchd_says_the_same(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, zone="Europe/Berlin")
    read = plistlib.loads(service.plist(settings, ("/usr/bin/python3", "-m", "it")))
    assert read["ProgramArguments"] == ["/usr/bin/python3", "-m", "it"]
    assert read["EnvironmentVariables"] == {"TASKORA_DATA_DIR": str(tmp_path), "TASKORA_ZONE": "Europe/Berlin"}
    assert (read["RunAtLoad"], read["KeepAlive"]) == (True, {"SuccessfulExit": False})


def test_what_means_something_to_systemd_is_quoted() -> None:
    unit = service.unit(Settings(data_dir=Path('/srv/a "b" 50% $HOME')), ("/opt/$it/100%",)).decode()
    assert 'Environment="TASKORA_DATA_DIR=/srv/a \\"b\\" 50%% $HOME"' in unit
    assert 'ExecStart="/opt/$$it/100%%"' in unit
