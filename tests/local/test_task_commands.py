"""The commands over tasks, each a process of its own on one host: what they do, what they print where, how they end."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from services.local import exits
from tests.clocks import MovableClock
from tests.hosts import HostProcess

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """Give one host to all tests of this module; `at` empties it."""
    folder = tmp_path_factory.mktemp("tasks")
    process = HostProcess(folder / "data", MovableClock(folder / "clock"))
    process.start()
    yield process
    process.stop()


@pytest.fixture
def at(running: HostProcess) -> "Shell":
    """Give the commands of a host without tasks."""
    running.clear()
    return Shell(running)


class Shell:
    """A person's command line."""

    def __init__(self, host: HostProcess) -> None:
        self.host = host

    def run(self, *arguments: str, typed: str = "") -> str:
        done = self.host.command(*arguments, typed=typed)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *arguments: str) -> str:
        """Return what is said beside the answer."""
        done = self.host.command(*arguments)
        assert done.returncode == exits.REFUSED, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))


def test_a_task_is_added_moved_changed_finished_and_all_of_it_undone(at: Shell) -> None:
    added = at.run("add", "call", "the", "dentist", "friday", "at", "5")
    assert "call the dentist" in added
    assert "Fri 27 Nov 2026, 17:00" in added
    assert "took 5 as 5 pm" in added
    assert "Mon 30 Nov 2026, 15:00" in at.run("move", "dentist", "monday", "3pm")
    assert "high priority · #health" in at.run("edit", "dentist", "high", "#health")
    assert "Completed" in at.run("done", "dentist")
    assert at.run("list") == ""
    for taken_back in ("completing", "changing", "changing"):
        assert taken_back in at.run("undo")
    assert "Fri 27 Nov 2026, 17:00" in at.run("list")
    assert "in the trash" in at.run("undo")


@pytest.mark.requirement("R-007")
def test_the_next_occurrence_of_a_repeating_task_is_named_with_its_rule_on_the_card(at: Shell) -> None:
    at.run("add", "pay rent on the 1st every month #home")
    card = at.run("show", "rent")
    assert "repeats:   every month on the 1st" in card
    assert "Fri 1 Jan 2027" in card
    assert "Next: " in (said := at.run("done", "rent"))
    assert "Fri 1 Jan 2027" in said


def test_a_list_is_chosen_by_words_and_options(at: Shell) -> None:
    for line in ("file taxes friday urgent #home", "buy milk tomorrow", "read a book", "plan trip next month #home"):
        at.run("add", line)

    def titles(*words: str) -> list[str]:
        return [task["title"] for task in at.json("list", *words)["tasks"]]

    assert titles("this", "week") == ["buy milk", "file taxes"]
    assert titles("this", "week", "urgent") == ["file taxes"]
    assert titles("#home") == ["file taxes", "plan trip"]
    assert titles("book") == ["read a book"]
    assert titles("this", "week", "tax") == ["file taxes"]
    assert titles("--tag", "home", "--sort", "-title") == ["plan trip", "file taxes"]
    assert titles("--limit", "1") == ["buy milk"]
    at.run("done", "milk")
    assert titles("done", "today") == ["buy milk"]


def test_plain_lines_are_whole_and_without_colours(at: Shell) -> None:
    title = "a title that is far longer than a line of any terminal has room for " * 3
    at.run("add", title)
    [line] = at.run("list").splitlines()
    assert title.strip() in line
    assert "\x1b" not in line


def test_words_that_fit_several_tasks_show_the_candidates_and_change_nothing(at: Shell) -> None:
    at.run("add", "call mom")
    at.run("add", "call dad")
    said = at.refused("done", "call")
    assert "call mom" in said
    assert "call dad" in said
    assert len(at.run("list").splitlines()) == 2


def test_several_tasks_are_changed_only_with_a_yes(at: Shell) -> None:
    for title in ("one", "two", "three"):
        at.run("add", title)
    for command in (["done", "one,", "two"], ["delete", "all"], ["move", "all", "no", "date", "to", "friday"]):
        assert "--yes" in at.refused(*command)
    assert len(at.run("list").splitlines()) == 3
    assert len(at.json("done", "one,", "two", "--yes")["results"]) == 2
    assert len(at.run("list").splitlines()) == 1


def test_a_task_in_the_trash_comes_back_and_a_completed_one_is_reopened(at: Shell) -> None:
    at.run("add", "water plants")
    assert "trash" in at.run("delete", "plants")
    assert "water plants" in at.run("list", "trash")
    assert "Brought back" in at.run("restore", "plants")
    at.run("done", "plants")
    assert "again" in at.run("reopen", "plants")
    assert "water plants" in at.run("list")


def test_what_happened_is_listed_by_task_and_day_with_who_did_it(at: Shell) -> None:
    at.run("add", "buy stamps")
    at.run("chat", "move buy stamps to friday")
    lines = at.run("history", "stamps").splitlines()
    assert ["the agent" in line for line in lines] == [True, False]
    assert "stamps" in at.run("history", "today")
    assert at.json("history", "stamps", "--by", "agent")["activity"][0]["actor"] == "agent"


def test_tags_are_listed_renamed_coloured_and_taken_away(at: Shell) -> None:
    at.run("add", "call mom tagged familie")
    assert "#familie\t1" in at.run("tags")
    at.run("tags", "rename", "familie", "family")
    assert "family" in at.run("tags", "colour", "family", "red")
    assert "#family\t1\t#" in at.run("tags")
    assert "--yes" in at.refused("tags", "delete", "family")
    at.run("tags", "delete", "family", "--yes")
    assert "family" not in at.run("tags")


def test_lines_of_standard_input_are_a_task_each(at: Shell) -> None:
    answer = json.loads(at.run("add", "-", "--json", typed="".join(f"task {number}\n" for number in range(120))))
    assert len(answer["results"]) == 120
    assert {result["ok"] for result in answer["results"]} == {True}


@pytest.mark.parametrize(
    "arguments",
    [
        ["add"],
        ["add", "x" * 5000],
        ["add", "caf\udce9"],
        ["done"],
        ["done", "99"],
        ["show", "nothing like it"],
        ["move", "dentist"],
        ["list", "--sort", "colour"],
        ["add", "pay rent on feb 30"],
    ],
    ids=lambda arguments: " ".join(arguments)[:30],
)
def test_what_cannot_be_done_is_one_line_and_the_same_as_json(at: Shell, arguments: list[str]) -> None:
    line = at.refused(*arguments).splitlines()[0]
    assert line.startswith("error: ")
    as_json = at.host.command(*arguments, "--json")
    assert as_json.returncode == exits.REFUSED
    answer = json.loads(as_json.stdout)
    problem = answer.get("problem") or answer["results"][0]["problem"]
    assert problem["detail"] in line


def test_titles_of_any_script_come_back_whole_and_control_characters_steer_nothing(at: Shell) -> None:
    for title in ("买牛奶 🥛", "مكالمة أمي", "naïve café ‘quotes’ – dash", "e\u0301clair"):
        at.run("add", title)
        assert title in at.run("list", "--json")
    assert "\x1b" not in at.refused("add", "red \x1b[31m alert")


def test_an_unknown_command_names_the_nearest(at: Shell) -> None:
    done = at.host.command("lsit")
    assert done.returncode == exits.USAGE
    assert "list" in done.stderr
