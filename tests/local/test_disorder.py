"""Events in the wrong order, twice, and while a service is down: on a whole host, the outcome is always the same."""

import random
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from services.local.host import Host, Wrappers
from taskora.api import wire
from taskora.domain.events import Event, Topic
from taskora.runtime.ports import Handled, Handler, Outcome, Publisher
from taskora.storage import dead_letters
from tests.clocks import MovableClock
from tests.hosts import LocalHost, settings_for
from tests.waiting import until

pytestmark = pytest.mark.anyio


class Disorder:
    """A broker that holds events back, lets them go in any order, and some of them again later."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  no secret
        self._held: list[tuple[Topic, Event]] = []
        self._past: list[tuple[Topic, Event]] = []
        self.inner: Publisher | None = None

    def wrap(self, inner: Publisher) -> Publisher:
        self.inner = inner
        return self

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        self._held += [(topic, event) for event in events]

    @property
    def holds(self) -> bool:
        return bool(self._held)

    async def let_go(self) -> None:
        """Let a random part of what is held go, shuffled, with repetitions of what went before."""
        assert self.inner is not None
        self._chance.shuffle(self._held)
        part = self._chance.randint(1, len(self._held)) if self._held else 0
        going, self._held = self._held[:part], self._held[part:]
        repeated = self._chance.sample(self._past, min(len(self._past), 5))
        for topic, event in going + repeated:
            await self.inner.publish(topic, [event])
        self._past += going


class Outage:
    """Wraps the handlers of the recurrence service, which fails while it is down."""

    def __init__(self) -> None:
        self.down = False
        self.refused = 0

    def wrap(self, handler: Handler) -> Handler:
        async def handle(event: Event) -> Handled:
            if self.down and event.type == "task.completed":
                self.refused += 1
                return Handled(Outcome.RETRY, "down", counted=False)
            return await handler(event)

        return handle


@pytest.fixture
async def outage(tmp_path: Path, clock: MovableClock) -> AsyncIterator[tuple[LocalHost, Outage]]:
    made = Outage()
    settings = settings_for(tmp_path / "data", clock)
    host = LocalHost(await Host.start(settings, wrap=Wrappers(handler=made.wrap)), clock)
    yield host, made
    await host.close()


@pytest.mark.requirement("R-062", "R-065")
@pytest.mark.parametrize("seed", range(4))
async def test_events_out_of_order_and_repeated_lead_to_the_same_tasks(
    tmp_path: Path, clock: MovableClock, seed: int
) -> None:
    disorder = Disorder(seed)
    chance = random.Random(seed)  # noqa: S311  no secret
    host = LocalHost(
        await Host.start(settings_for(tmp_path / "data", clock), wrap=Wrappers(publisher=disorder.wrap)), clock
    )
    try:
        await begin(host)
        for _ in range(12):
            clock.advance(hours=chance.choice([1, 7, 30]))
            await step(host, chance)
            await disorder.let_go()
        await settle(host, disorder)
        await consistent(host)
        assert await host.host.database.read(dead_letters.count) == 0
    finally:
        await host.close()


async def begin(host: LocalHost) -> None:
    await host.tasks.create([wire.NewTask(text=f"daily task habit {number} due 9am") for number in range(5)])


async def step(host: LocalHost, chance: random.Random) -> None:
    """Do what a person does: complete, reopen, undo, delete, restore, retitle."""
    tasks = (await host.tasks.tasks(wire.TaskQuery(status="all", limit=100))).tasks
    if not tasks:  # undone back to the beginning
        await begin(host)
        return
    some = chance.choice(tasks)
    target = wire.TaskTarget(task=some.id)
    act = chance.choice(["complete", "complete", "reopen", "undo", "delete", "update"])
    if act == "complete":
        await host.tasks.complete(
            [wire.TaskTarget(task=one.id) for one in tasks if one.status == "open"][:3] or [target]
        )
    elif act == "reopen":
        await host.tasks.reopen([target])
    elif act == "undo":
        await host.tasks.undo()
    elif act == "delete":
        await host.tasks.delete([target])
        await host.tasks.restore([target])
    else:
        await host.tasks.update([wire.TaskEdit(task=some.id, description=f"changed {chance.random()}")])


async def settle(host: LocalHost, disorder: Disorder) -> None:
    async def quiet() -> bool:
        while disorder.holds:
            await disorder.let_go()
        await host.host.drain()
        return not disorder.holds

    await until(quiet)


async def consistent(host: LocalHost) -> None:
    """Check what holds whatever came first: at most one open task a series, one outcome a completion, no number missing."""
    tasks = (await host.tasks.tasks(wire.TaskQuery(status="all", limit=100))).tasks
    open_series = [one.repeats.series_id for one in tasks if one.status == "open" and one.repeats is not None]
    assert len(open_series) == len(set(open_series))
    completed = [one for one in tasks if one.status == "completed" and one.repeats is not None]
    assert [one.id for one in completed if one.next is None] == []  # each knows what came of it
    followed = [one.predecessor_id for one in tasks if one.predecessor_id is not None]
    assert len(followed) == len(set(followed))
    numbers: list[int] = []
    while page := (await host.tasks.changes(numbers[-1] if numbers else 0)).changes:
        numbers += [change.sequence for change in page]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.requirement("R-069")
async def test_a_service_that_is_down_stops_no_other_and_catches_up(outage: tuple[LocalHost, Outage]) -> None:
    host, recurrence = outage
    await host.say("add daily task standup due 9am")
    await host.host.drain()
    recurrence.down = True
    said = await host.say("complete standup")
    await until(lambda: recurrence.refused)
    assert said == "Completed #1 standup. The next one is being made and will be there in a moment."
    assert "milk" in await host.say("add buy milk")
    assert "milk" in await host.say("what is open?")
    waiting = await host.tasks.tasks(wire.TaskQuery(status="open"))
    assert [task.title for task in waiting.tasks] == ["buy milk"]
    recurrence.down = False

    async def caught_up() -> bool:
        return "standup" in [task.title for task in (await host.tasks.tasks(wire.TaskQuery(status="open"))).tasks]

    await until(caught_up)
    assert await host.host.database.read(dead_letters.count) == 0
