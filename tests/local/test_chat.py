"""`taskora chat`: what goes in, what comes out where, and how it ends."""

from collections.abc import Iterator

import pytest

from services.local import exits
from tests.clocks import MovableClock
from tests.hosts import HostProcess
from tests.journeys.doors import Terminal

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
