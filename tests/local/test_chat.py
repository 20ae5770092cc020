"""`taskora chat`: what goes in, what comes out where, and how it ends."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.local import exits
from services.local.cli.host_client import HostClient
from services.local.cli.live import LiveReader
from services.local.cli.prompt import SpanLexer
from tests.clocks import MovableClock
from tests.hosts import TASKORA, HostProcess
from tests.journeys.doors import Terminal
from tests.waiting import until_now

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def talking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """Give one host to the tests that only talk: its first line loads the agent, which takes seconds."""
    folder = tmp_path_factory.mktemp("talking")
    process = HostProcess(folder / "data", MovableClock(folder / "clock"))
    process.start()
    yield process
    process.stop()


def test_lines_from_a_pipe_are_answered_in_order_and_only_replies_go_to_output(talking: HostProcess) -> None:
    done = talking.command("chat", typed="add buy milk tomorrow\n\nadd call the bank friday\n")
    assert done.returncode == 0
    assert done.stdout.index("milk") < done.stdout.index("bank")
    assert talking.record is not None
    assert done.stderr == f"Taskora is running at {talking.record.url}\n"
    assert "\x1b" not in done.stdout


def test_an_empty_pipe_ends_at_once(talking: HostProcess) -> None:
    done = talking.command("chat", typed="")
    assert (done.returncode, done.stdout) == (0, "")


def test_one_line_is_answered_without_any_other_words(talking: HostProcess) -> None:
    done = talking.command("chat", "add buy milk tomorrow")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\n")
    assert "milk" in done.stdout


def test_the_first_line_starts_a_host_and_says_so_once(host_process: HostProcess) -> None:
    host_process.kill()
    done = host_process.command("chat", "add buy milk tomorrow")
    assert done.returncode == 0
    [note] = done.stderr.splitlines()
    assert "Started Taskora" in note
    assert "taskora down" in note
    assert host_process.command("chat", "what's due tomorrow").stderr == ""


def test_a_line_that_is_refused_is_one_line_and_the_next_is_answered(talking: HostProcess) -> None:
    done = talking.command("chat", typed=f"{'x' * 5000}\nadd buy milk tomorrow\n")
    assert done.returncode == exits.REFUSED
    assert "milk" in done.stdout
    refusals = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(refusals) == 1
    assert "Traceback" not in done.stderr


def test_at_a_terminal_a_refusal_and_an_interrupt_end_the_line_and_not_the_conversation(
    talking: HostProcess,
) -> None:
    terminal = Terminal(talking)
    assert "error: " in terminal.say("x" * 4500)
    terminal.interrupt("add half a tho")
    assert "milk" in terminal.say("add buy milk tomorrow")
    terminal.close()
    assert (talking.data_dir / "chat_history").stat().st_mode & 0o077 == 0


def test_json_gives_one_object_a_line_also_for_a_refusal(talking: HostProcess) -> None:
    done = talking.command("chat", "--json", typed=f"add buy milk tomorrow\n{'x' * 5000}\n")
    assert done.returncode == exits.REFUSED
    told, refused = (json.loads(line) for line in done.stdout.splitlines())
    assert "buy milk" in told["reply"]
    assert told["changed"] == 1
    assert refused["problem"]["code"] == "invalid"


def test_several_are_deleted_only_after_a_yes_in_the_same_conversation(talking: HostProcess) -> None:
    talking.clear()
    talking.command("add", "-", typed="one today\ntwo today\n")
    asked, _, done = talking.command("chat", typed="delete everything due today\nyes\n").stdout.partition("Shall I")
    assert "one" in asked
    assert "two" in asked
    assert "trash" in done
    assert talking.tasks() == []


def test_an_interrupt_while_a_reply_comes_ends_one_line_cleanly(talking: HostProcess) -> None:
    record = talking.record
    assert record is not None
    os.kill(record.pid, signal.SIGSTOP)  # an answer that takes its time
    try:
        process = subprocess.Popen(
            [TASKORA, "chat", "what's due today"],
            env=talking.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until_now(lambda: _connected(process.pid, record.port))
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=20)
    finally:
        os.kill(record.pid, signal.SIGCONT)
    assert process.returncode == exits.INTERRUPTED
    assert output.strip() == ""
    assert "stopped listening" in errors
    assert "Traceback" not in errors


def test_at_a_terminal_an_interrupt_while_a_reply_comes_gives_the_prompt_back(talking: HostProcess) -> None:
    terminal = Terminal(talking)
    record = talking.record
    assert record is not None
    os.kill(record.pid, signal.SIGSTOP)
    try:
        said = terminal.say_and_interrupt("what's due today", until=lambda: _connected(terminal.pid, record.port))
    finally:
        os.kill(record.pid, signal.SIGCONT)
    assert "stopped listening" in said
    assert "milk" in terminal.say("add buy milk tomorrow")
    terminal.close()


def test_a_terminal_that_can_only_print_lines_gets_lines(talking: HostProcess) -> None:
    talking.environment["TERM"] = "dumb"
    try:
        terminal = Terminal(talking, kind="dumb")
        assert "milk" in terminal.say("add buy milk tomorrow")
        assert "\x1b" not in terminal.seen
        terminal.close()
    finally:
        del talking.environment["TERM"]


def test_what_is_understood_is_coloured_and_said_while_one_types(talking: HostProcess) -> None:
    reader = LiveReader(HostClient(talking.settings, print))
    assert reader.ready.wait(30)
    line = "call the dentist friday at 5 urgent #health"
    coloured = {text.strip(): style for style, text, *_ in SpanLexer(reader).coloured(line) if style}
    assert coloured == {
        "friday": "ansigreen",
        "at 5": "ansicyan",
        "urgent": "ansired",
        "#health": "ansibrightblue",
    }
    assert "".join(text for _, text, *_ in SpanLexer(reader).coloured(line)) == line
    said = reader.understood(line)
    assert said == "new task “call the dentist” · Fri 27 Nov 2026, 17:00 · urgent · #health"
    assert reader.understood("done with the dentist") == "complete “dentist”"
    assert reader.understood("move dentist to friday 3pm").endswith("to Fri 27 Nov 2026, 15:00")


@pytest.mark.parametrize(
    "line",
    ["", "   ", "x" * 10_000, "\x00\x1b[31m", "pay rent on feb 30", "🥛" * 100, "in "],
    ids=lambda line: line[:10],
)
def test_nothing_that_is_typed_disturbs_the_prompt(talking: HostProcess, line: str) -> None:
    reader = LiveReader(HostClient(talking.settings, print))
    assert reader.ready.wait(30)
    assert "".join(text for _, text, *_ in SpanLexer(reader).coloured(line)) == line
    assert "\x1b" not in reader.understood(line)


def _connected(pid: int, port: int) -> bool:
    """Tell whether a process has a connection to a port of this machine."""
    mine = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            mine.add(link.readlink().name)
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(f"socket:[{row[9]}]" in mine and row[2].endswith(f":{port:04X}") and row[3] == "01" for row in rows)
