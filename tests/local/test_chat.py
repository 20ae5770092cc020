"""`taskora chat`: what goes in, what comes out where, and how it ends."""

import pytest

from services.local import exits
from tests.hosts import HostProcess
from tests.journeys.doors import Terminal

pytestmark = pytest.mark.timeout(180)


def test_lines_from_a_pipe_are_answered_in_order_and_only_replies_go_to_output(host_process: HostProcess) -> None:
    done = host_process.command("chat", typed="add buy milk tomorrow\n\nadd call the bank friday\n")
    assert done.returncode == 0
    assert done.stdout.index("milk") < done.stdout.index("bank")
    assert host_process.record is not None
    assert done.stderr == f"Taskora is running at {host_process.record.url}\n"
    assert "\x1b" not in done.stdout


def test_an_empty_pipe_ends_at_once(host_process: HostProcess) -> None:
    done = host_process.command("chat", typed="")
    assert (done.returncode, done.stdout) == (0, "")


def test_one_line_is_answered_without_any_other_words(host_process: HostProcess) -> None:
    done = host_process.command("chat", "add buy milk tomorrow")
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


def test_a_line_that_is_refused_is_one_line_and_the_next_is_answered(host_process: HostProcess) -> None:
    done = host_process.command("chat", typed=f"{'x' * 5000}\nadd buy milk tomorrow\n")
    assert done.returncode == exits.REFUSED
    assert "milk" in done.stdout
    refusals = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(refusals) == 1
    assert "Traceback" not in done.stderr


def test_at_a_terminal_a_refusal_and_an_interrupt_end_the_line_and_not_the_conversation(
    host_process: HostProcess,
) -> None:
    terminal = Terminal(host_process)
    assert "error: " in terminal.say("x" * 4500)
    terminal.interrupt("add half a tho")
    assert "milk" in terminal.say("add buy milk tomorrow")
    terminal.close()
    assert (host_process.data_dir / "chat_history").stat().st_mode & 0o077 == 0
