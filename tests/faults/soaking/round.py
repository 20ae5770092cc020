"""One round of a soak: a house, people at work, a host that is killed and started again, then the comparison."""

import asyncio
import contextlib
import datetime as dt
import json
import pickle
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from services.local import host_file
from tests.faults.house import House
from tests.faults.soaking import comparison, system
from tests.faults.soaking.history import History, Json
from tests.faults.soaking.people import Door, Person
from tests.hosts import ZONE
from tests.postgresql import Server

STARTS = (
    "2026-11-24T15:00:00+00:00",
    "2027-03-26T22:00:00+00:00",
    "2027-12-30T11:00:00+00:00",
    "2028-02-26T05:00:00+00:00",
)
PLACES = (
    "* commit of the request", "* commit of the relay", "* commit of a consumer", "* commit of the broker*",
    "* commit of the effect*", "* publish of *", "* delivery of *",
)  # fmt: skip
MOMENTS = {"moment": 5, "place": 4, "start": 2, "outage": 1}
STEADY = ("* commit of the request", "* commit of the effect*", "* publish of *", "* delivery of *")
"""Places whose number does not depend on who is faster."""
LIFE = 0.7
"""Seconds that a host lives at most after it listens, where a moment is drawn."""
LONG = 4.0
"""Seconds after which a host that did not come to the place where it was to die is killed where it is."""


@dataclass(frozen=True)
class Tally:
    """What a round was."""

    kills: int
    commands: int
    changes: int
    tasks: int
    published: int
    seconds: float


class Round:
    """A house and its people, who send at least `least` commands.

    `steady`: one person, who waits until all is quiet, no disorder, and deaths only at drawn places.
    """

    def __init__(
        self,
        house: House,
        seed: str,
        kills: int,
        *,
        people: int = 6,
        least: int = 0,
        steady: bool = False,
        server: Server | None = None,
    ) -> None:
        self.history = History()
        self.users = [f"user {number}" for number in range(1 if steady else people)]
        self._house = house
        self._seed = seed
        self._kills = kills
        self._least = least
        self._steady = steady
        self._server = server
        self._chance = random.Random(f"{seed} killer")  # noqa: S311  no secret
        self._door = Door(house)
        self._people = [Person(user, self._door, self.history, seed, steady=steady) for user in self.users]

    async def run(self) -> Tally:
        """Work, kill, settle, compare. Raises Difference."""
        try:
            return await self._run()
        finally:
            await self._door.close()

    async def _run(self) -> Tally:
        begun = time.monotonic()
        if not self._steady:
            (self._house.shared / "disorder").write_text(self._seed)
        (self._house.shared / "witness").touch()
        self._move_clock(dt.datetime.fromisoformat(self._chance.choice(STARTS)))
        async with self._at_work() as ending:
            for number in range(self._kills):
                await self._life(number)
            (self._house.shared / "armed").unlink(missing_ok=True)
            if self._steady:
                ending.set()
            await self._begin(number=self._kills)
            await self._listening()
            async with asyncio.timeout(120):
                while len(self.history.asked) < self._least:  # noqa: ASYNC110  nobody tells of it
                    await asyncio.sleep(0.05)
        (self._house.shared / "disorder").unlink(missing_ok=True)
        await self._settle()
        await asyncio.to_thread(self._house.end)
        (self._house.path / "history").write_bytes(pickle.dumps((self.history, self.users)))
        found = await asyncio.to_thread(compare_again, self._house)
        changes = sum(len(rows) for rows in found.changes.values())
        asked = len(self.history.asked)
        return Tally(self._kills, asked, changes, len(found.tasks), len(found.published), time.monotonic() - begun)

    @contextlib.asynccontextmanager
    async def _at_work(self) -> AsyncIterator[asyncio.Event]:
        ending = asyncio.Event()
        pause = 0.0 if self._steady else 0.06
        async with asyncio.TaskGroup() as group:
            for person in self._people:
                group.create_task(self._steadily(person, ending) if self._steady else person.live(ending, pause))
            try:
                yield ending
            finally:
                ending.set()

    async def _steadily(self, person: Person, ending: asyncio.Event) -> None:
        while not ending.is_set():
            await person.turn()
            while not ending.is_set() and not await self._quiet():  # noqa: ASYNC110  nobody tells of it
                await asyncio.sleep(0.02)

    async def _life(self, number: int) -> None:
        """Let a host live and die once."""
        kind = "place" if self._steady else self._chance.choices(list(MOMENTS), list(MOMENTS.values()))[0]
        if number == 0 and not self._steady:
            kind = "start"  # while the tables are made
        if self._server is not None and number % 5 == 2:
            kind = "server"
        armed = self._house.shared / "armed"
        armed.unlink(missing_ok=True)
        told: Json = {"kill": number, "kind": kind}
        if kind == "place":
            told["place"] = self._place()
            armed.write_text(told["place"])
        await self._begin(number)
        if kind == "start":
            told["after"] = self._chance.uniform(0, 0.4)
            await asyncio.sleep(told["after"])
        elif kind == "place":
            told["reached"] = await self._died(LONG)
        else:
            await self._live(told, outage=kind == "outage")
        await asyncio.to_thread(self._house.kill)
        self.history.kills.append({**told, "at": time.time()})
        with (self._house.shared / "kills").open("a") as log:
            log.write(json.dumps(self.history.kills[-1]) + "\n")

    def _place(self) -> str:
        if self._steady:
            return f"{self._chance.randint(1, 12)} {self._chance.choice(STEADY)}"
        return f"{self._chance.randint(1, 25)} {self._chance.choice(PLACES)}"

    async def _live(self, told: Json, *, outage: bool) -> None:
        await self._listening()
        if outage:
            self._house.begin_outage()
        told["after"] = self._chance.uniform(0, LIFE)
        await asyncio.sleep(told["after"] / 2)
        if self._server is not None and told["kind"] == "server":
            await asyncio.to_thread(self._server.kill)
            await asyncio.to_thread(self._server.start)
        if self._chance.random() < 0.6:
            step = dt.timedelta(minutes=self._chance.choice((1, 20, 90, 300, 700)))
            self._move_clock(self._house.clock.instant + step)
        await asyncio.sleep(told["after"] / 2)
        if outage:
            self._house.end_outage()

    def _move_clock(self, instant: dt.datetime) -> None:
        self._house.clock.set(instant.isoformat())
        self.history.set_clock(instant)

    async def _begin(self, number: int | None = None) -> None:
        if number is not None:
            (self._house.shared / "incarnation").write_text(str(number))
        host_file.remove(self._house.settings.data_dir)
        self._process = await asyncio.to_thread(self._house.start_to_die)

    async def _listening(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if not self._process.is_alive():  # on a server it is begun again until the killed one's claim is gone
                assert self._house.settings.database_url, (self._house.shared / "log").read_text()[-4000:]
                await self._begin()
            record = host_file.read(self._house.settings.data_dir)
            if record is not None and record.pid == self._process.pid:
                return
            await asyncio.sleep(0.005)
        raise AssertionError("the host does not listen")

    async def _died(self, limit: float) -> bool:
        until = time.monotonic() + limit
        while self._process.is_alive() and time.monotonic() < until:  # noqa: ASYNC110  another process
            await asyncio.sleep(0.01)
        return not self._process.is_alive()

    async def _quiet(self) -> bool:
        try:
            found = await asyncio.to_thread(lambda: system.leftovers(system.rows_of(self._house)))
        except Exception:  # noqa: BLE001  the tables may not be there yet
            return True
        return not any(found.values())

    async def _settle(self) -> None:
        """Return once nothing is under way and nothing is stuck."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            await self._door.replay_what_is_stuck()
            if await self._quiet():
                return
            await asyncio.sleep(0.2)


def compare_again(house: House) -> system.System:
    """Compare what a round has left in its house. Raises Difference."""
    history, users = pickle.loads((house.path / "history").read_bytes())  # noqa: S301  our own
    found = system.read(house)
    comparison.compare(found, history, users, ZONE)
    return found


def run(
    folder: Path,
    seed: str,
    kills: int,
    *,
    people: int = 6,
    least: int = 0,
    steady: bool = False,
    broken: str = "",
    server: Server | None = None,
) -> Tally:
    """Do a round in a new house, of at least so many commands.

    `broken` names a defect that its hosts have; with a `server` the house has a database there, and it is killed as well.
    """
    house = House(folder, None if server is None else server.migrated())
    if broken:
        (house.shared / "broken").write_text(broken)
    try:
        return asyncio.run(Round(house, seed, kills, people=people, least=least, steady=steady, server=server).run())
    except ExceptionGroup as group:  # of the people: the first one's trouble tells more than the group
        raise group.exceptions[0] from None
    finally:
        house.kill()
