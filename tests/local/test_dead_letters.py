"""The commands for operators, against a host as `taskora up` runs it: what got stuck blocks nothing and can be replayed."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence

import pytest
from uuid_utils import uuid7

from services.local import folder
from tests.clocks import MovableClock
from tests.hosts import HostProcess
from tests.waiting import until_now


@pytest.fixture(scope="module")
def host_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """Give one host to the tests that change nothing."""
    path = tmp_path_factory.mktemp("host")
    process = HostProcess(path / "data", MovableClock(path / "clock"))
    process.start()
    yield process
    process.stop()


def execute(host: HostProcess, statement: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
    """Do something in the database of a running host, as somebody with a tool would."""
    with contextlib.closing(sqlite3.connect(folder.database(host.data_dir), timeout=20)) as connection:
        rows = connection.execute(statement, values).fetchall()
        connection.commit()
        return rows


def put_in_outbox(host: HostProcess, kind: str, envelope: str | None = None) -> str:
    """Put an event of that type (or another envelope) before all that comes, and return its id."""
    name = str(uuid7())
    event = {
        "specversion": "1.0",
        "id": name,
        "type": kind,
        "source": "/taskora/tasks",
        "subject": "s",
        "time": "2026-11-24T15:00:00Z",
        "datacontenttype": "application/json",
        "partitionkey": "local",
        "correlationid": "poison",
        "data": {"schema": 1},
    }
    statement = "INSERT INTO tasks_outbox (event_id, topic, user_id, envelope) VALUES (?, 'task-events', 'local', ?)"
    execute(host, statement, (name, envelope or json.dumps(event)))
    return name


def listed(host: HostProcess) -> list[str]:
    done = host.command("dead-letters", "list")
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line != "No dead letters."]


@pytest.mark.requirement("R-063")
def test_poison_blocks_nothing_is_listed_shown_and_replayed(host_process: HostProcess) -> None:
    host = host_process
    unknown = put_in_outbox(host, "task.teleported")
    malformed = put_in_outbox(host, "task.completed")
    broken = put_in_outbox(host, "", envelope="{")
    host.say("add daily task standup due 9am")
    host.say("complete standup")
    until_now(lambda: [task for task in host.tasks(status="open") if task["title"] == "standup"])

    lines = until_now(lambda: found if len(found := listed(host)) == 3 else None)
    assert lines is not None
    by_reason = {line.split()[0]: line for line in lines}
    assert any("unknown type task.teleported" in line and "recurrence" in line for line in lines)
    assert any("malformed task.completed" in line for line in lines)
    assert any("cannot be read" in line and "(broker)" in line for line in lines)
    shown = [host.command("dead-letters", "show", letter).stdout for letter in by_reason]
    assert [sum(name in text for text in shown) for name in (unknown, malformed, broken)] == [1, 1, 1]
    checked = host.command("doctor")
    assert checked.returncode == 1
    assert "1 parked" in checked.stdout
    assert "2 dead letters; `taskora dead-letters list`" in checked.stdout

    again = host.command("dead-letters", "replay", "--all")
    assert (again.returncode, again.stdout.count("on its way")) == (0, 3)
    until_now(lambda: len(listed(host)) == 3)  # nothing was mended, so they are stuck again and none is lost

    execute(host, "UPDATE broker_dead_letter SET envelope = replace(envelope, 'task.teleported', 'task.deleted')")
    letter = next(line.split()[0] for line in listed(host) if "unknown type" in line)
    assert "on its way" in host.command("dead-letters", "replay", letter).stdout
    until_now(lambda: len(listed(host)) == 2)


def test_a_replay_of_the_past_does_nothing_twice(host_process: HostProcess) -> None:
    host = host_process
    host.say("add daily task standup due 9am")
    host.say("complete standup")
    until_now(lambda: host.tasks(status="open"))
    before = execute(host, "SELECT id, version FROM tasks_task ORDER BY id")
    replayed = host.command("replay", "--consumer", "recurrence")
    assert (replayed.returncode, replayed.stdout) == (0, "Handed 3 events to recurrence.\n"), replayed.stderr
    until_now(lambda: not execute(host, "SELECT 1 FROM broker_delivery"))
    assert execute(host, "SELECT id, version FROM tasks_task ORDER BY id") == before
    later = host.command("replay", "--consumer", "recurrence", "--since", "2026-11-25")
    assert later.stdout == "Handed 0 events to recurrence.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dead-letters", "show", "77"), "no dead letter 77"),
        (("dead-letters", "show", "../../etc"), "no dead letter"),
        (("dead-letters", "replay"), "Name the dead letters"),
        (("replay", "--consumer", "nobody"), "There is no consumer nobody. There are: recurrence, tasks."),
        (("replay", "--consumer", "tasks", "--since", "soon"), "--since soon is no date"),
        (("dead-letters", "list", "--url", "http://127.0.0.1:9"), "TASKORA_SIGNING_KEY"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    host_of_module: HostProcess, arguments: tuple[str, ...], said: str
) -> None:
    done = host_of_module.command(*arguments)
    assert done.returncode in {1, 3}
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_dead_letters_the_list_says_so(host_of_module: HostProcess) -> None:
    done = host_of_module.command("dead-letters", "list")
    assert (done.returncode, done.stdout, done.stderr) == (0, "No dead letters.\n", "")
    assert host_of_module.command("dead-letters", "replay", "--all").stdout == "No dead letters.\n"
