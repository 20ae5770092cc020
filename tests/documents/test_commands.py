"""The commands of README.md and docs/ do what is written there: each is run, and the conversation is held word for word."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
BLOCK = re.compile(r"^```(sh|conversation)\n(.*?)^```", re.MULTILINE | re.DOTALL)
RUN_BY_CI = re.compile(r"make (up|test|check|eval|engine|test-dapr)$")


def blocks(kind: str) -> list[tuple[Path, str]]:
    """Return the fenced blocks of a kind with the document that holds them."""
    return [(path, body) for path in DOCUMENTS for found, body in BLOCK.findall(path.read_text()) if found == kind]


def commands() -> list[tuple[Path, str]]:
    """Return every command line of every `sh` block."""
    return [
        (path, line.split("  #")[0].strip())
        for path, body in blocks("sh")
        for line in body.splitlines()
        if line.strip()
    ]


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment with an empty home and no host; what a command started is taken down again."""
    environment = {
        "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
        "HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
        "TASKORA_DATA_DIR": str(tmp_path / "data"),
        "TASKORA_ZONE": "Europe/Berlin",
    }
    (tmp_path / "home").mkdir()
    yield environment
    subprocess.run(["taskora", "down"], env=environment, check=False, capture_output=True, timeout=30)


def test_the_documents_have_commands() -> None:
    assert len(commands()) > 5


@pytest.mark.parametrize(("document", "command"), commands(), ids=lambda part: getattr(part, "name", part))
def test_a_command_of_the_documents_runs(document: Path, command: str, newcomer: dict[str, str]) -> None:
    if RUN_BY_CI.match(command):
        assert command in (ROOT / ".ci" / "run").read_text(), f"{document.name} names {command!r}"
        return
    done = subprocess.run(
        ["bash", "-euc", command],
        env=newcomer,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("document", "conversation"), blocks("conversation"), ids=lambda part: getattr(part, "name", "")
)
def test_the_conversation_happens_as_written(
    document: Path, conversation: str, newcomer: dict[str, str], tmp_path: Path
) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-11-25T07:30:00+01:00")
    said = [line.removeprefix("> ") for line in conversation.splitlines() if line.startswith("> ")]
    done = subprocess.run(
        ["taskora", "chat"],
        env=newcomer | {"TASKORA_CLOCK_FILE": str(clock)},
        input="\n".join(said) + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    heard = [line.rstrip() for line in done.stdout.splitlines() if line.strip()]
    written = [line.rstrip() for line in conversation.splitlines() if line.strip() and not line.startswith("> ")]
    assert [line for line in heard if line in written] == written, f"{document.name}: heard\n{done.stdout}"
