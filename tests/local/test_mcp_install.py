"""`taskora mcp --print-config` and `taskora mcp install`: the entry in the settings of assistants, never at their cost."""

import json
import os
import pty
import subprocess
from pathlib import Path
from typing import Any

import pytest

from services.local.cli.assistants import ASSISTANTS, Places
from tests.hosts import TASKORA

FILES = {
    "claude-desktop": ".config/Claude/claude_desktop_config.json",
    "claude-code": ".claude.json",
    "cursor": ".cursor/mcp.json",
    "vscode": ".config/Code/User/mcp.json",
    "windsurf": ".codeium/windsurf/mcp_config.json",
    "zed": ".config/zed/settings.json",
    "gemini-cli": ".gemini/settings.json",
}


class Machine:
    """The home of a person, and `taskora mcp` in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {"HOME": str(home), "PATH": os.environ["PATH"], "TASKORA_DATA_DIR": str(home / "tasks")}

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [TASKORA, "mcp", *arguments]
        return subprocess.run(
            command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )

    def answering(self, answer: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run it at a terminal at which somebody types."""
        master, other = pty.openpty()
        try:
            os.write(master, f"{answer}\n".encode())
            return subprocess.run(
                [TASKORA, "mcp", *arguments],
                env=self.environment,
                stdin=other,
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            os.close(master)
            os.close(other)

    def file(self, client: str, content: str | None = None) -> Path:
        file = self.home / FILES[client]
        if content is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        return file

    def backups(self) -> list[Path]:
        return sorted(self.home.rglob("*.bak"))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def entry_in(content: dict[str, Any], client: str) -> dict[str, Any]:
    (servers,) = (value for key, value in content.items() if key == ASSISTANTS[client].key)
    found: dict[str, Any] = servers["taskora"]
    return found


@pytest.mark.parametrize("client", FILES)
def test_what_is_printed_for_an_assistant_is_what_is_installed(machine: Machine, client: str) -> None:
    printed = machine.run("--print-config", "--client", client)
    assert FILES[client] in printed.stderr
    assert machine.run("install", "--client", client, "--yes").returncode == 0
    assert json.loads(machine.file(client).read_text()) == json.loads(printed.stdout)
    entry = entry_in(json.loads(printed.stdout), client)
    assert (entry["command"], entry["args"]) == (TASKORA, ["mcp"])
    assert entry["env"] == {"TASKORA_DATA_DIR": str(machine.home / "tasks")}


def test_no_secret_is_put_into_another_programs_file(machine: Machine) -> None:
    machine.environment |= {"TASKORA_SIGNING_KEY": "k" * 40, "TASKORA_ZONE": "Europe/Berlin"}
    for arguments in (("--print-config",), ("install", "--client", "cursor", "--yes")):
        assert "kkkk" not in machine.run(*arguments).stdout
    written = machine.file("cursor").read_text()
    assert "kkkk" not in written
    assert "Europe/Berlin" in written


def test_every_assistant_is_tried_here() -> None:
    assert set(FILES) == set(ASSISTANTS)


def test_what_else_is_in_the_file_stays_and_the_file_as_it_was_is_kept(machine: Machine) -> None:
    before = '{"mcpServers":{"other":{"command":"x"},"taskora":{"command":"old"}},"theme":"ünï","n":1.50}'
    file = machine.file("cursor", before)
    file.chmod(0o640)
    assert "replaces the entry" in machine.run("install", "--client", "cursor", "--yes").stdout
    after = json.loads(file.read_text())
    assert (after["theme"], after["n"], after["mcpServers"]["other"]) == ("ünï", 1.5, {"command": "x"})
    assert entry_in(after, "cursor")["command"] == TASKORA
    (backup,) = machine.backups()
    assert backup.read_text() == before
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_second_installation_writes_nothing(machine: Machine) -> None:
    machine.run("install", "--client", "zed", "--yes")
    before = machine.file("zed").stat().st_mtime_ns
    assert "has it already" in machine.run("install", "--client", "zed", "--yes").stdout
    assert machine.file("zed").stat().st_mtime_ns == before
    assert machine.backups() == []


def test_no_backup_is_written_over(machine: Machine) -> None:
    for number in range(3):
        machine.file("cursor", json.dumps({"number": number}))
        machine.run("install", "--client", "cursor", "--yes")
    assert [json.loads(kept.read_text())["number"] for kept in machine.backups()] == [0, 1, 2]


def test_a_link_stays_a_link(machine: Machine) -> None:
    kept = machine.home / "dotfiles.json"
    kept.write_text("{}")
    file = machine.file("cursor")
    file.parent.mkdir()
    file.symlink_to(kept)
    assert machine.run("install", "--client", "cursor", "--yes").returncode == 0
    assert file.is_symlink()
    assert "taskora" in kept.read_text()


@pytest.mark.parametrize(
    "content",
    ['{"theme": 1, // mine\n}', '{"context_servers": []}', "[]", '{"context_servers": {', '"x"', "\x00"],
    ids=["comments", "another form", "a list", "cut off", "a text", "a zero"],
)
def test_a_file_that_is_not_understood_is_left_alone_and_the_person_told_what_to_put_there(
    machine: Machine, content: str
) -> None:
    file = machine.file("zed", content)
    done = machine.run("install", "--client", "zed", "--yes")
    assert done.returncode == 1
    assert '"context_servers"' in done.stderr
    assert file.read_text() == content
    assert machine.backups() == []


def test_nobody_is_asked_where_nobody_sits(machine: Machine) -> None:
    done = machine.run("install", "--client", "cursor")
    assert done.returncode == 1
    assert "--yes" in done.stderr
    assert not machine.file("cursor").exists()


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False), ("", False)])
def test_a_person_sees_what_would_be_written_and_says_yes_or_no(machine: Machine, answer: str, written: bool) -> None:
    done = machine.answering(answer, "install", "--client", "cursor")
    assert done.returncode == 0, done.stderr
    assert str(machine.file("cursor")) in done.stdout
    assert '"mcpServers"' in done.stdout
    assert machine.file("cursor").exists() is written


def test_without_a_name_it_is_installed_for_the_assistants_that_are_here(machine: Machine) -> None:
    machine.file("cursor", "")
    machine.file("vscode").parent.mkdir(parents=True)
    assert machine.run("install", "--yes").returncode == 0
    assert {client for client in FILES if machine.file(client).exists()} == {"cursor", "vscode"}


def test_where_there_is_no_assistant_the_names_are_told(machine: Machine) -> None:
    done = machine.run("install", "--yes")
    assert done.returncode == 1
    assert "claude-desktop" in done.stderr


def test_a_folder_that_cannot_be_written_is_named(machine: Machine) -> None:
    (machine.home / ".cursor").write_text("a file")
    done = machine.run("install", "--client", "cursor", "--yes")
    assert done.returncode == 1
    assert ".cursor" in done.stderr


@pytest.mark.parametrize(
    ("platform", "settings"),
    [("darwin", "Library/Application Support"), ("win32", "AppData/Roaming"), ("linux", ".config")],
)
def test_each_system_keeps_settings_in_its_own_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, settings: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert Places.here().settings == tmp_path / settings
