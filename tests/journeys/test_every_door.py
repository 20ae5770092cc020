"""Twenty journeys, the same through every door: terminal, chat, MCP over stdio, MCP over HTTP.

A journey says what a person does and what must be true of the tasks afterwards; how it is said at a door is `people`.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from tests.clocks import MovableClock
from tests.hosts import HostProcess
from tests.journeys.people import DOORS, Door, Person
from tests.waiting import until_now

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]
Task = dict[str, Any]


class Tasks:
    """What is stored, whoever did it by whatever door."""

    def __init__(self, host: HostProcess) -> None:
        self._host = host

    def of(self, **query: str) -> dict[str, Task]:
        """Return tasks by title."""
        return {str(task["title"]): dict(task) for task in self._host.tasks(limit="100", **query)}

    def due(self, title: str) -> object:
        """Return when an open task is due, in words."""
        return self.of()[title]["due_text"]

    def only(self, **query: str) -> Task:
        """Return the one task there is."""
        [task] = self.of(**query).values()
        return task


Journey = Callable[[Person, Tasks], Awaitable[None]]
JOURNEYS: list[Journey] = []


def journey(walk: Journey) -> Journey:
    JOURNEYS.append(walk)
    return walk


@journey
async def a_sentence_becomes_a_task(person: Person, tasks: Tasks) -> None:
    said = await person.add("call the dentist friday at 3pm urgent #health")
    task = tasks.only()
    assert (task["title"], task["due_text"]) == ("call the dentist", "Fri 27 Nov 2026, 15:00")
    assert (task["priority"], task["tags"]) == ("urgent", ["health"])
    assert "Fri 27 Nov 2026, 15:00" in said


@journey
async def a_rule_is_said_back_in_words_and_stands_on_the_card(person: Person, tasks: Tasks) -> None:
    said = await person.add("standup every weekday at 9am")
    assert tasks.only()["repeats"]["text"] == "every weekday at 09:00"
    assert "every weekday at 09:00" in said
    assert "every weekday at 09:00" in await person.show("standup")


@journey
async def a_done_task_is_done_and_nothing_follows(person: Person, tasks: Tasks) -> None:
    await person.add("buy milk tomorrow")
    await person.done("milk")
    assert tasks.of() == {}
    assert tasks.only(status="completed")["title"] == "buy milk"


@journey
async def a_done_repeating_task_names_its_next_date(person: Person, tasks: Tasks) -> None:
    await person.add("water the plants every sunday at 10am")
    assert "Sun 6 Dec 2026, 10:00" in await person.done("plants")
    assert tasks.due("water the plants") == "Sun 6 Dec 2026, 10:00"


@journey
async def undo_brings_a_done_repeating_task_back_and_takes_its_successor(person: Person, tasks: Tasks) -> None:
    await person.add("water the plants every sunday at 10am")
    await person.done("plants")
    await person.undo()
    assert tasks.due("water the plants") == "Sun 29 Nov 2026, 10:00"
    assert tasks.of(status="completed") == {}


@journey
async def a_task_moves_to_a_day_and_an_hour(person: Person, tasks: Tasks) -> None:
    await person.add("see the dentist tomorrow at 9am")
    assert "Fri 27 Nov 2026, 15:00" in await person.move("dentist", "friday 3pm")
    assert tasks.due("see the dentist") == "Fri 27 Nov 2026, 15:00"


@journey
async def a_repeating_task_that_moves_keeps_its_rule(person: Person, tasks: Tasks) -> None:
    await person.add("gym every monday at 6pm")
    await person.move("gym", "tuesday 7pm")
    assert tasks.due("gym") == "Tue 1 Dec 2026, 19:00"
    assert tasks.only()["repeats"]["text"] == "every Mon at 18:00"


@journey
async def a_priority_changes_alone(person: Person, tasks: Tasks) -> None:
    await person.add("file taxes friday #home")
    await person.rank("taxes", "high")
    task = tasks.only()
    assert (task["priority"], task["due_text"], task["tags"]) == ("high", "Fri 27 Nov 2026", ["home"])


@journey
async def a_tag_is_given_and_found_by(person: Person, tasks: Tasks) -> None:
    await person.add("water the plants")
    await person.add("buy milk")
    await person.tag("plants", "garden")
    assert tasks.of()["water the plants"]["tags"] == ["garden"]
    found = await person.tagged("garden")
    assert "plants" in found
    assert "milk" not in found


@journey
async def a_tag_gets_another_name_on_all_its_tasks(person: Person, tasks: Tasks) -> None:
    await person.add("weed the beds #gardn")
    await person.rename_tag("gardn", "outdoors")
    assert tasks.only()["tags"] == ["outdoors"]


@journey
async def a_title_changes(person: Person, tasks: Tasks) -> None:
    await person.add("call the dentist friday")
    await person.rename("dentist", "see the dentist")
    assert tasks.due("see the dentist") == "Fri 27 Nov 2026"


@journey
async def a_task_is_made_to_repeat(person: Person, tasks: Tasks) -> None:
    await person.add("back up the laptop")
    assert "every Fri" in await person.repeat("laptop", "every friday")
    assert tasks.only()["repeats"]["text"] == "every Fri"


@journey
async def a_deleted_task_comes_back_from_the_trash(person: Person, tasks: Tasks) -> None:
    await person.add("plan the picnic saturday")
    await person.delete("picnic")
    assert tasks.of() == {}
    await person.restore("picnic")
    assert tasks.due("plan the picnic") == "Sat 28 Nov 2026"


@journey
async def undo_takes_back_one_command_after_another(person: Person, tasks: Tasks) -> None:
    await person.add("read a book")
    await person.rank("book", "low")
    await person.delete("book")
    await person.undo()
    assert tasks.only()["priority"] == "low"
    await person.undo()
    assert tasks.only()["priority"] == "medium"


@journey
async def a_done_task_is_reopened(person: Person, tasks: Tasks) -> None:
    await person.add("send the invoice tomorrow")
    await person.done("invoice")
    await person.reopen("invoice")
    assert tasks.due("send the invoice") == "Wed 25 Nov 2026"


@journey
async def a_week_shows_what_is_due_in_it_and_nothing_else(person: Person, tasks: Tasks) -> None:
    for text in ("buy milk tomorrow", "see the doctor next thursday", "read a book"):
        await person.add(text)
    assert len(tasks.of()) == 3
    week = await person.due("this week")
    assert "milk" in week
    assert "doctor" not in week
    assert "book" not in week


@journey
async def what_is_late_is_found(person: Person, tasks: Tasks) -> None:
    await person.add("return the library books yesterday")
    await person.add("buy milk tomorrow")
    assert tasks.due("return the library books") == "Mon 23 Nov 2026"
    late = await person.due("overdue")
    assert "library" in late
    assert "milk" not in late


@journey
async def words_that_fit_two_tasks_name_both_and_change_neither(person: Person, tasks: Tasks) -> None:
    await person.add("call mom")
    await person.add("call dad")
    said = await person.done("call")
    assert "call mom" in said
    assert "call dad" in said
    assert set(tasks.of()) == {"call mom", "call dad"}
    await person.done(f"#{tasks.of()['call dad']['number']}")
    assert set(tasks.of()) == {"call mom"}


@journey
async def what_cannot_be_is_said_and_changes_nothing(person: Person, tasks: Tasks) -> None:
    assert "30 February" in await person.add("pay rent on feb 30")
    assert "dragon" in await person.done("feed the dragon")
    assert tasks.of(status="all") == {}


@journey
async def several_are_deleted_when_seen_and_all_come_back_with_one_undo(person: Person, tasks: Tasks) -> None:
    for text in ("buy milk tomorrow", "buy eggs tomorrow", "call mom friday"):
        await person.add(text)
    said = await person.delete_due("tomorrow")
    assert "milk" in said
    assert "eggs" in said
    assert set(tasks.of()) == {"call mom"}
    await person.undo()
    assert len(tasks.of()) == 3


@journey
async def the_history_tells_what_was_done_and_by_whom(person: Person, tasks: Tasks) -> None:
    await person.add("book the flights 机票")
    told = await person.history("today")
    assert tasks.only()["title"] == "book the flights 机票"
    assert "book the flights 机票" in told
    assert {"user": "you", "agent": "agent"}[person.doer] in told


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostProcess]:
    """Give one host to all journeys."""
    folder = tmp_path_factory.mktemp("journeys")
    process = HostProcess(folder / "data", MovableClock(folder / "clock"))
    process.start()
    yield process
    process.stop()


def test_there_are_twenty_journeys_and_four_doors() -> None:
    assert len(JOURNEYS) >= 20
    assert len(DOORS) == 4


@pytest.mark.requirement("R-007")
@pytest.mark.parametrize("walk", JOURNEYS, ids=lambda walk: str(walk.__name__))
@pytest.mark.parametrize("door", DOORS, ids=lambda door: str(door.__name__))
async def test_a_journey_ends_the_same_through_every_door(busy: HostProcess, door: Door, walk: Journey) -> None:
    busy.clear()
    until_now(lambda: busy.tasks(status="all") == [])
    async with door(busy) as person:
        await walk(person, Tasks(busy))
