"""What is drawn on a terminal: every width from 40 columns on, colours only where they are wanted, nothing that steers it."""

import os
import pty
import re
import subprocess
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from tests.clocks import MovableClock
from tests.hosts import TASKORA, HostProcess
from tests.local.drawn import drawn, some

pytestmark = pytest.mark.timeout(180)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
TITLE = "prepare the quarterly report for the board meeting with finance and everybody else who asked for it"
COMMANDS = (["list"], ["show", "report"], ["history"], ["tags"], ["list", "#nothing"])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """Give a host with tasks that are late, due today, repeating, tagged, long and in several scripts."""
    folder = tmp_path_factory.mktemp("screen")
    process = HostProcess(folder / "data", MovableClock(folder / "clock"))
    process.start()
    lines = (
        f"{TITLE} friday 3pm urgent #work #finance",
        "return the books yesterday",
        "stand-up every weekday at 9am",
        "call mom today",
        "买牛奶和鸡蛋还有面包 tomorrow #家",
        "read a book low priority",
    )
    process.command("add", "-", typed="\n".join(lines))
    yield process
    process.stop()


@pytest.mark.parametrize("width", [40, 63, 64, 80, 99, 100, 120])
def test_no_line_is_wider_than_the_terminal_and_every_word_is_there(filled: HostProcess, width: int) -> None:
    for arguments in COMMANDS:
        lines = ESCAPES.sub("", drawn(filled, *arguments, width=width)).splitlines()
        assert max(map(cell_len, lines)) <= width, arguments
    words = set(ESCAPES.sub("", drawn(filled, "list", width=width)).split())
    assert set(TITLE.split()) <= words
    assert {"urgent", "#work", "#finance", "15:00"} <= words


@pytest.mark.requirement("R-007")
@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_card_and_the_list_say_the_recurrence_in_words(filled: HostProcess, width: int) -> None:
    for arguments in (["show", "stand-up"], ["list"]):
        shown = " ".join(ESCAPES.sub("", drawn(filled, *arguments, width=width)).replace("│", " ").split())
        assert "every weekday at 09:00" in shown


def test_what_is_late_is_red_what_is_due_today_yellow(filled: HostProcess) -> None:
    lines = drawn(filled, "list", width=120).splitlines()
    colours = {name: next(line for line in lines if name in line) for name in ("books", "call mom", "report")}
    assert "\x1b[31m" in colours["books"]
    assert "\x1b[33m" in colours["call mom"]
    assert "\x1b[32m" in colours["report"] or "\x1b[1;32m" in colours["report"]


def test_no_colour_means_no_colour(filled: HostProcess) -> None:
    for arguments in (*COMMANDS, ["explain", "call mom friday"], ["doctor"]):
        shown = drawn(filled, *arguments, width=80, NO_COLOR="1")
        assert not re.search(r"\x1b\[[0-9;]*3[0-7]", shown), arguments


def test_a_terminal_that_knows_no_escapes_gets_plain_lines(filled: HostProcess) -> None:
    for arguments in COMMANDS:
        assert "\x1b" not in drawn(filled, *arguments, width=80, TERM="dumb")


def test_a_person_at_a_terminal_chooses_among_candidates(filled: HostProcess) -> None:
    filled.command("add", "-", typed="water the roses\nwater the tomatoes\n")
    master, other = pty.openpty()
    environment = filled.environment | {"TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(
        [TASKORA, "done", "water"], env=environment, stdin=other, stdout=other, stderr=other, start_new_session=True
    )
    os.close(other)
    shown = ""
    while "Which one?" not in shown:
        shown += some(master).decode()
    os.write(master, b"2\n")
    while data := some(master):
        shown += data.decode()
    os.close(master)
    assert process.wait(60) == 0, shown
    chosen = next(line for line in shown.splitlines() if line.startswith("  2  "))
    done = [str(task["title"]) for task in filled.tasks(status="completed")]
    assert len(done) == 1
    assert done[0] in chosen


def complete(host: HostProcess, line: str) -> list[str]:
    """Return what bash would offer for the last word of a line."""
    words = line.split(" ")
    variables = {"_TASKORA_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [TASKORA], env=host.environment | variables, capture_output=True, text=True, check=False, timeout=90
    )
    return [offer.partition(",")[2] for offer in done.stdout.split("\n") if offer]


def test_a_shell_completes_commands_titles_word_by_word_numbers_and_tags(filled: HostProcess) -> None:
    assert complete(filled, "taskora mo") == ["move"]
    assert complete(filled, "taskora done prep") == ["prepare"]
    assert complete(filled, "taskora done prepare the q") == ["quarterly"]
    assert complete(filled, "taskora show 1") == ["1"]
    assert complete(filled, "taskora add report #fin") == ["#finance"]
    assert "friday" in complete(filled, "taskora move report fri")


def test_completion_starts_no_host_and_says_nothing_where_none_runs(filled: HostProcess, clock: MovableClock) -> None:
    idle = HostProcess(filled.data_dir.parent / "idle", clock)
    assert complete(idle, "taskora done prep") == []
    assert idle.record is None


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_printed(filled: HostProcess, shell: str) -> None:
    assert "_TASKORA_COMPLETE" in filled.command("completion", shell).stdout
