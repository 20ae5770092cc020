"""A server for many users: each known by a token, on either database, and settings that do not go together are refused."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from taskora.config import Settings
from tests.hosts import TASKORA
from tests.postgresql import Server
from tests.server.houses import KEY, ServerProcess, environment, token
from tests.waiting import until_now


@pytest.fixture
def server(tmp_path: Path, database_url: str) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path / "server", database_url) as process:
        yield process


def run(settings: Settings, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the terminal."""
    variables = environment(settings) | more
    return subprocess.run([TASKORA, *words], env=variables, capture_output=True, text=True, timeout=60, check=False)


def test_two_users_talk_to_one_server_and_neither_sees_what_the_other_has(server: ServerProcess) -> None:
    assert "Added #1 standup" in server.say("ada", "add daily task standup due 9am tagged work")
    assert "Added #1 buy milk" in server.say("bob", "buy milk")
    assert server.titles("ada") == ["standup"]
    assert server.titles("bob") == ["buy milk"]
    assert "standup" not in server.say("bob", "what's due this week")
    assert "Completed #1 standup" in server.say("ada", "done with standup")
    until_now(lambda: server.titles("ada") == ["standup"])  # the next one
    assert server.titles("bob") == ["buy milk"]


def test_a_conversation_belongs_to_its_user_even_under_the_same_id(server: ServerProcess) -> None:
    server.say("ada", "add call the bank", conversation="shared")
    assert "bank" not in server.say("bob", "make it urgent", conversation="shared")
    (task,) = server.ask("GET", "/api/v1/tasks", "ada").json()["tasks"]
    assert task["priority"] == "medium"


def test_only_a_token_of_the_server_s_key_and_for_this_door_is_accepted(server: ServerProcess) -> None:
    for wrong in (token("ada", key="another key that is long enough as well"), token("ada", "agent"), "nonsense"):
        answer = httpx2.get(f"{server.url}/api/v1/tasks", headers={"Authorization": f"Bearer {wrong}"})
        assert answer.status_code == 401, wrong
        assert answer.json()["code"] == "unauthenticated"


def test_the_key_is_in_no_file_and_no_log_of_the_server(server: ServerProcess) -> None:
    server.say("ada", "buy milk")
    for path in server.settings.data_dir.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path


def test_clients_of_one_person_are_told_that_the_host_is_a_server(server: ServerProcess) -> None:
    said = run(Settings(data_dir=server.settings.data_dir), "chat", "buy milk")
    assert said.returncode == 3
    assert "server for many users" in said.stderr


def test_a_second_host_on_the_same_postgresql_is_refused(tmp_path: Path, postgresql_url: str) -> None:
    with ServerProcess(tmp_path / "first", postgresql_url) as first:
        second = run(replace(first.settings, data_dir=tmp_path / "second"), "up")
        assert second.returncode == 3
        assert "Another Taskora serves this database" in second.stderr


def test_a_token_for_trying_things_is_printed_alone_and_works(server: ServerProcess, tmp_path: Path) -> None:
    printed = run(server.settings, "token", "--user", "ada")
    assert printed.returncode == 0, printed.stderr
    answer = httpx2.get(f"{server.url}/api/v1/tasks", headers={"Authorization": f"Bearer {printed.stdout.strip()}"})
    assert answer.status_code == 200
    refused = run(Settings(data_dir=tmp_path / "local"), "token", "--user", "ada")
    assert refused.returncode == 3
    assert "TASKORA_SIGNING_KEY" in refused.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"TASKORA_MODE": "server"}, "TASKORA_SIGNING_KEY"),
        ({"TASKORA_MODE": "server", "TASKORA_SIGNING_KEY": "short"}, "at least 32 bytes"),
        ({"TASKORA_MODE": "server", "TASKORA_SIGNING_KEY": KEY, "TASKORA_CLOCK_FILE": "/tmp/clock"}, "system's time"),  # noqa: S108
        ({"TASKORA_MODE": "cloud"}, "local or server"),
        ({"TASKORA_BIND": "0.0.0.0"}, "this machine alone"),  # noqa: S104  refused
        (
            {"TASKORA_MODE": "server", "TASKORA_SIGNING_KEY": KEY, "TASKORA_DATABASE_URL": "mysql://localhost/x"},
            "postgresql://",
        ),
        (
            {
                "TASKORA_MODE": "server",
                "TASKORA_SIGNING_KEY": KEY,
                "TASKORA_DATABASE_URL": "postgresql://localhost:1/x",
            },
            "cannot be reached",
        ),
    ],
)
def test_settings_that_do_not_go_together_are_refused_by_name(
    tmp_path: Path, variables: dict[str, str], said: str
) -> None:
    refused = run(Settings(data_dir=tmp_path), "up", **variables)
    assert refused.returncode in {3, 4}, refused.stderr
    assert said in refused.stderr
    assert "short" not in refused.stderr


def test_a_server_on_a_database_without_tables_names_the_command_to_make_them(
    tmp_path: Path, postgresql_server: Server
) -> None:
    settings = Settings(data_dir=tmp_path, mode="server", signing_key=KEY, database_url=postgresql_server.empty())
    refused = run(settings, "up")
    assert refused.returncode == 3
    assert "taskora migrate" in refused.stderr
