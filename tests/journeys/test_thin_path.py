"""The thin path: a sentence becomes a task, the host is killed, completion makes exactly one next task, undo takes it back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.local import folder
from tests.clocks import MovableClock
from tests.hosts import HostProcess
from tests.journeys.doors import Argument, Door, Http, Pipe, Terminal
from tests.waiting import until_now

DOORS: list[Callable[[HostProcess], Door]] = [Pipe, Argument, Terminal, Http]


@pytest.fixture(params=DOORS, ids=lambda door: door.__name__.lower())
def door(request: pytest.FixtureRequest, host_process: HostProcess) -> Iterator[Door]:
    opened: Door = request.param(host_process)
    yield opened
    opened.close()


@pytest.fixture
def on_postgresql(tmp_path: Path, clock: MovableClock, postgresql_url: str) -> Iterator[HostProcess]:
    """Give a host of one person whose database is a server's."""
    process = HostProcess(tmp_path / "data", clock, postgresql_url)
    process.start()
    yield process
    process.stop()


@pytest.mark.timeout(300)
@pytest.mark.requirement("R-018")
def test_the_same_path_on_postgresql(on_postgresql: HostProcess) -> None:
    walk(on_postgresql, Pipe(on_postgresql))
    assert not folder.database(on_postgresql.data_dir).exists()


@pytest.mark.timeout(300)
@pytest.mark.requirement("R-012", "R-019", "R-023", "R-030", "R-032", "R-064")
def test_a_sentence_survives_a_kill_and_leads_to_exactly_one_next_task(host_process: HostProcess, door: Door) -> None:
    walk(host_process, door)


def walk(host_process: HostProcess, door: Door) -> None:
    """Go the whole way through one door."""
    added = door.say("add daily task standup due 9am tagged work")
    for part in ("#1", "standup", "Wed 25 Nov 2026", "09:00", "every day at 09:00", "work"):
        assert part in added

    host_process.kill()

    completed = door.say("done with standup")
    for part in ("standup", "Thu 26 Nov 2026"):
        assert part in completed
    host_process.clock.advance(minutes=1)
    [done] = host_process.tasks(status="completed")
    [successor] = host_process.tasks(status="open")
    assert (done["number"], successor["predecessor_id"], successor["tags"]) == (1, done["id"], ["work"])
    assert successor["due_text"] == "Thu 26 Nov 2026, 09:00"

    week = door.say("what's due this week")
    assert "standup" in week
    assert "Thu 26 Nov" in week

    undone = door.say("undo")
    assert "standup" in undone
    [back] = until_now(lambda: host_process.tasks(status="open"))
    assert (back["number"], back["completed_at"]) == (1, None)
    assert host_process.tasks(status="completed") == []
