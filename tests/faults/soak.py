"""The soak: people work, the broker misbehaves, the clock moves, and the host is killed at random moments, again and again.

`make soak SEED=7 KILLS=1000` or `make soak MINUTES=30`. After every hundred kills all that is left is compared with the models
of the people: every task, every occurrence, every change, every event to every consumer. The seed is printed and gives the same
work and the same moments again, as far as the machine keeps time.
"""

import argparse
import contextlib
import random
import secrets
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.house import House
from tests.faults.ledger import assert_nothing_lost_or_doubled
from tests.faults.people import AtWork, Operator, Person
from tests.waiting import until_now

PEOPLE = 12
ROUND = 100
"""Kills after which everything is compared, and a new house begun."""
LONGEST_LIFE = 0.8
"""Seconds that a host lives at most after it listens."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a round was."""

    kills: int
    commands: int
    tasks: int
    changes: int


def soak(folder: Path, seed: str, kills: int) -> Tally:
    """Work through so many kills in a new house, then compare. Raises AssertionError with the difference."""
    house = House(folder)
    (house.shared / "disorder").write_text(seed)
    ending = threading.Event()
    people = [Person(house, f"person {number}", seed) for number in range(PEOPLE)]
    operator = Operator(house)
    workers = [AtWork(one.turn, one.pause, ending) for one in people]
    workers.append(AtWork(operator.turn, operator.pause, ending))
    house.start()
    with _at_work(workers, ending):
        _kill(house, random.Random(f"{seed} killer"), kills, ending)  # noqa: S311  no secret
    (house.shared / "disorder").unlink()
    for worker in workers:
        if worker.failure is not None:
            raise worker.failure
    _settle(house, operator)
    house.end()
    _compare(house, people)
    return Tally(
        kills,
        sum(person.turns for person in people),
        sum(len(person.model.tasks) for person in people),
        sum(person.model.changes.total() for person in people),
    )


@contextlib.contextmanager
def _at_work(workers: list[AtWork], ending: threading.Event) -> Iterator[None]:
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        ending.set()
        for worker in workers:
            worker.join()


def _kill(house: House, chance: random.Random, kills: int, ending: threading.Event) -> None:
    """Kill the host and start the next one, and move its clock, until it was killed so often or something has failed."""
    for _ in range(kills):
        if ending.wait(chance.uniform(0, LONGEST_LIFE)):
            return
        if chance.random() < 0.5:
            house.clock.advance(minutes=chance.choice([1, 20, 90, 600]))
        house.kill()
        house.start()


def _settle(house: House, operator: Operator) -> None:
    """Return once nothing is under way and nothing is stuck."""

    def quiet() -> bool:
        operator.turn()
        stuck = "SELECT 1 FROM tasks_outbox UNION ALL SELECT 1 FROM broker_delivery UNION ALL SELECT 1 FROM broker_dead_letter"
        return not house.rows(stuck)

    until_now(quiet, limit=120)


def _compare(house: House, people: list[Person]) -> None:
    """Hold what is stored and what was sent to what the people know."""
    expected = {
        task.id: (
            task.title,
            task.status,
            task.priority,
            task.due.isoformat(),
            task.predecessor,
            task.deleted,
            task.series,
        )
        for person in people
        for task in person.model.tasks.values()
    }
    priorities = ("low", "medium", "high", "urgent")
    stored = {
        row["id"]: (
            row["title"],
            row["status"],
            priorities[row["priority"]],
            row["due_date"],
            row["predecessor_id"],
            row["deleted_at"] is not None,
            row["series_id"],
        )
        for row in house.rows("SELECT * FROM tasks_task")
    }
    _same(stored, expected, "tasks")
    changes = Counter((row["type"], row["subject"]) for row in house.rows("SELECT type, subject FROM tasks_change"))
    _same(changes, sum((person.model.changes for person in people), Counter()), "changes")
    assert_nothing_lost_or_doubled(house)
    _compare_consumers(house)


def _compare_consumers(house: House) -> None:
    """Every completion reached the recurrence service, every command of it the task service, which did each once."""
    completions = {
        row["event_id"] for row in house.rows("SELECT event_id FROM tasks_change WHERE type = 'task.completed'")
    }
    assert completions <= house.handled("task.completed")
    commands = {event["id"] for event in house.published("task-commands")}
    assert commands <= house.handled("task.create")
    assert {row["event_id"] for row in house.rows("SELECT event_id FROM tasks_inbox")} == commands


def _same(found: Mapping[Any, object], expected: Mapping[Any, object], what: str) -> None:
    """Fail with what differs and nothing else."""
    names = [name for name in {*found, *expected} if found.get(name) != expected.get(name)]
    differences = {name: (found.get(name), expected.get(name)) for name in names}
    assert differences == {}, f"{what}: found, expected: {differences}"


def main() -> int:
    """Soak until so many kills or minutes have passed; say what it was."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--seed", default="", help="of an earlier run, to repeat it")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=0, help="instead of a number of kills")
    asked = parser.parse_args()
    seed = asked.seed or str(secrets.randbelow(10**9))
    print(f"seed {seed}", flush=True)  # noqa: T201  a program for the terminal
    end = time.monotonic() + 60 * asked.minutes
    done = number = 0
    while time.monotonic() < end if asked.minutes else done < asked.kills:
        kills = ROUND if asked.minutes else min(ROUND, asked.kills - done)
        folder = Path(tempfile.mkdtemp(prefix="taskora-soak-"))
        try:
            tally = soak(folder / "house", f"{seed}.{number}", kills)
        except BaseException:
            print(f"DIFFERENT with seed {seed}, round {number}; what is left: {folder}", flush=True)  # noqa: T201  the same
            raise
        shutil.rmtree(folder)
        done, number = done + kills, number + 1
        print(f"{done} kills: {tally}, no difference", flush=True)  # noqa: T201  the same
    return 0


if __name__ == "__main__":
    sys.exit(main())
