"""`make up-dapr`: the whole system on one machine, as somebody types it; and what is left of it afterwards."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from services.server.neighbours import alone
from tests.dapr.engine import engine, need_redis
from tests.sse import reply
from tests.waiting import until_now

pytestmark = pytest.mark.timeout(240)
OUTPUT = "up.out"


class Up:
    """`python -m services.server.up` on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        outside = {name: value for name, value in os.environ.items() if not name.startswith("TASKORA_")}
        self.environment = outside | {"TASKORA_DATA_DIR": str(folder), "TASKORA_ENGINE": str(engine())}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        need_redis()
        with (self.folder / OUTPUT).open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.server.up"], env=self.environment, stdout=output, stderr=output
            )
        until_now(lambda: "Ctrl-C ends everything." in self._said(), limit=120.0)

    def _said(self) -> str:
        said = (self.folder / OUTPUT).read_text()
        assert self._process is not None
        assert self._process.poll() is None, said
        return said

    def url(self, service: str) -> str:
        found = re.search(rf"^ +{service} +(http\S+)$", self._said(), re.MULTILINE)
        assert found is not None
        return found[1]

    def end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        return self._process.wait(60)

    def processes(self) -> list[str]:
        """Return the commands of whatever was started for this folder and still runs."""
        mark = f"TASKORA_DATA_DIR={self.folder}".encode()
        return [words for path in Path("/proc").glob("[0-9]*") if (words := _started_for(path, mark))]

    def typed(self, words: str) -> str:
        """Run a command in a shell that has read the file for terminals, as the introduction says."""
        file = shlex.quote(str(self.folder / "dapr" / "environment"))
        command = ["bash", "-c", f". {file}; {words}"]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def say(self, text: str) -> str:
        token = self.typed(".venv/bin/taskora token --user ada --audience agent").strip()
        headers, body = {"Authorization": f"Bearer {token}"}, {"text": text, "conversation": "one"}
        answer = httpx2.post(f"{self.url('agent')}/chat", headers=headers, json=body, timeout=60, trust_env=False)
        return reply(answer.text.splitlines())

    def tasks(self) -> list[dict[str, Any]]:
        token = self.typed(".venv/bin/taskora token --user ada").strip()
        headers = {"Authorization": f"Bearer {token}"}
        answer = httpx2.get(f"{self.url('tasks')}/api/v1/tasks?status=all", headers=headers, trust_env=False)
        found: list[dict[str, Any]] = answer.json()["tasks"]
        return found


def _started_for(process: Path, mark: bytes) -> str:
    try:
        ours = mark in (process / "environ").read_bytes().split(b"\0")
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode() if ours else ""
    except OSError:  # it has ended, or is somebody else's
        return ""


@pytest.fixture
def up() -> Iterator[Up]:
    folder = Path(tempfile.mkdtemp(prefix="taskora-up-"))
    system = Up(folder)
    yield system
    if system.processes():
        system.end(signal.SIGTERM)
    _remove_cluster(folder)
    shutil.rmtree(folder)


def _remove_cluster(folder: Path) -> None:
    """Remove what PostgreSQL has elsewhere when root runs it."""
    from services.server.postgres import Postgres  # noqa: PLC0415  the product's own word for the place

    shutil.rmtree(Postgres(folder / "dapr" / "postgresql", 0).folder, ignore_errors=True)


@pytest.mark.requirement("R-073", "R-074", "R-075", "R-076")
def test_a_sentence_becomes_a_task_its_completion_the_next_one_and_ctrl_c_ends_everything(up: Up) -> None:
    up.start()
    assert "standup" in up.say("add daily task standup due 9am tagged work")
    assert "Completed" in up.say("done with standup")
    first, following = until_now(lambda: found if len(found := up.tasks()) == 2 else None)
    assert {first["status"], following["status"]} == {"open", "completed"}
    assert first["title"] == following["title"] == "standup"
    assert len(up.processes()) > 8
    assert up.end(signal.SIGINT) == 0
    assert up.processes() == []
    assert "killed" not in (up.folder / OUTPUT).read_text()

    up.start()  # on the same folder: everything is still there, and the same key
    assert len(up.tasks()) == 2
    assert "Added #3 buy milk" in up.say("buy milk")
    assert up.end(signal.SIGKILL) == -signal.SIGKILL
    until_now(lambda: up.processes() == [], limit=60.0)  # the kernel ends what has lost its parent


def test_its_secrets_are_for_the_owner_s_eyes_alone(up: Up) -> None:
    up.start()
    secrets = up.folder / "dapr"
    key = json.loads((secrets / "secrets.json").read_text())["signing-key"]
    for path in (secrets, secrets / "secrets.json", secrets / "environment"):
        assert path.stat().st_mode & 0o077 == 0, path
    for log in secrets.glob("*.log"):
        assert key not in log.read_text(errors="replace"), log
    running = "".join(up.processes())
    assert key not in running
    assert all(part in running for part in ("/scheduler ", "/daprd ", "services.server tasks"))


def test_a_part_that_ends_by_itself_is_named_and_ends_the_rest(up: Up) -> None:
    up.start()
    [recurrence] = [
        int(path.name)
        for path in Path("/proc").glob("[0-9]*")
        if "services.server recurrence" in _started_for(path, f"TASKORA_DATA_DIR={up.folder}".encode())
    ]
    os.kill(recurrence, signal.SIGKILL)
    assert up._process is not None
    assert up._process.wait(60) == 4
    assert "recurrence has ended by itself" in (up.folder / OUTPUT).read_text()
    assert up.processes() == []


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"TASKORA_ENGINE": "/nowhere"}, "does not hold daprd and scheduler"),
        ({"PATH": "/nowhere"}, "apt-get install redis-server"),
        ({"TASKORA_CLOCK_FILE": "clock"}, "TASKORA_CLOCK_FILE"),
        ({"TASKORA_DATABASE_URL": "postgresql://localhost:1/nothing"}, "tasks does not start"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(up: Up, variables: dict[str, str], said: str) -> None:
    command = [sys.executable, "-m", "services.server.up"]
    done = subprocess.run(
        command, env=up.environment | variables, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 3, done.stderr
    assert said in done.stderr
    assert up.processes() == []


def test_a_second_system_is_refused_for_the_sidecars_would_take_it_for_the_first(up: Up) -> None:
    command = [sys.executable, "-m", "services.server.up"]
    nowhere = up.environment | {"TASKORA_ENGINE": "/nowhere"}
    with alone():
        done = subprocess.run(command, env=nowhere, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 3
        assert "Another Taskora on Dapr runs on this machine" in done.stderr
    done = subprocess.run(command, env=nowhere, capture_output=True, text=True, timeout=60, check=False)
    assert "does not hold daprd" in done.stderr
