"""What operators can do: see what got stuck, deliver it again, and hand past events to a new consumer. On both databases."""

import datetime as dt
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx2
import pytest

from services.kit.app import make_app
from services.kit.identity import TokenVerifier
from services.kit.operations import operations_router
from services.kit.tokens import TokenSigner
from taskora.api import wire
from taskora.config import Settings
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.events import Event, Topic
from taskora.runtime.embedded import deliveries
from taskora.runtime.embedded.broker import Broker
from taskora.runtime.embedded.consumer import Retry
from taskora.runtime.embedded.invoke import client_for
from taskora.runtime.ports import Subscription
from taskora.runtime.relay import Relay
from taskora.storage import dead_letters, outbox
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork
from tests.contracts.events import DROP, Recorder, event
from tests.tasks.world import KEY, World, only, target
from tests.waiting import until

pytestmark = pytest.mark.anyio
KIND = "task.completed"


class Office:
    """A host's routes for operators over a broker with a consumer, a relay, and an outbox to write to."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.recorder = Recorder({"bad": [DROP, DROP]})
        self.other = Recorder()
        self.broker = Broker(self.database, retry=Retry(attempts=2, first=0.01, cap=0.02))
        self.broker.subscribe(
            [
                Subscription("worker", Topic.TASK_EVENTS, {KIND: self.recorder}),
                Subscription("other", Topic.TASK_EVENTS, {KIND: self.other, "task.created": self.other}),
            ]
        )
        self.relay = Relay(self.database, "tasks", self.broker, sweep=0.05)
        app = make_app("test", Settings())
        app.include_router(operations_router(self.database, self.broker, "tasks", TokenVerifier(KEY)))
        self.http = client_for(app)

    def start(self) -> None:
        self.broker.start()
        self.relay.start()

    async def close(self) -> None:
        await self.http.aclose()
        await self.relay.stop()
        await self.broker.stop()
        await self.database.close()

    def headers(self, audience: str = "ops", scopes: Sequence[str] = ("operate",)) -> dict[str, str]:
        principal = Principal("operator", Actor(ActorKind.USER), Channel.API, frozenset(scopes))
        return {"Authorization": f"Bearer {TokenSigner(KEY).sign(principal, audience)}"}

    async def ask(self, method: str, path: str, body: object = None) -> httpx2.Response:
        return await self.http.request(method, f"/ops{path}", json=body, headers=self.headers())

    async def letters(self) -> list[dict[str, Any]]:
        answer = await self.ask("GET", "/dead-letters")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["dead_letters"]
        return found

    async def send(self, *events: Event) -> None:
        def work(unit: UnitOfWork) -> None:
            for one in events:
                unit.send("tasks", one)

        await self.database.write(work)

    async def idle(self) -> bool:
        """Tell whether nothing is under way."""
        waiting, _ = await self.database.read(lambda connection: outbox.counts(connection, "tasks"))
        return waiting + await self.database.read(deliveries.count) == 0

    async def spoil(self, name: str) -> None:
        """Write a row that no relay can read."""

        def work(unit: UnitOfWork) -> None:
            row = {"event_id": name, "topic": "task-events", "user_id": "ann", "envelope": "{"}
            unit.connection.execute(outbox.outbox_table("tasks").insert().values(row))
            unit.sent = True

        await self.database.write(work)


@pytest.fixture
async def office(database_url: str, anyio_backend: str) -> AsyncIterator[Office]:  # noqa: ARG001  the loop comes first
    made = Office(database_url)
    made.start()
    yield made
    await made.close()


@pytest.mark.requirement("R-063")
async def test_a_dead_letter_is_listed_shown_and_replayed_to_its_consumer_alone(office: Office) -> None:
    await office.send(event("bad"), event("good"))
    [line] = await until(office.letters)
    assert (line["consumer"], line["topic"], line["event_id"]) == ("worker", "task-events", "bad")
    assert (line["type"], line["user_id"], line["reason"], line["attempts"]) == (KIND, "ann", "it can never work", 1)
    shown = (await office.ask("GET", f"/dead-letters/{line['id']}")).json()
    assert shown["event"]["id"] == "bad"
    await until(lambda: "good" in office.recorder.seen and len(office.other.seen) == 2)

    replayed = await office.ask("POST", "/dead-letters/replay", {"ids": [line["id"]]})
    assert replayed.json() == {"results": [{"id": line["id"], "ok": True, "detail": ""}]}
    await until(lambda: office.recorder.seen.count("bad") == 2)
    [again] = await until(office.letters)  # the handler dropped it once more: it is not lost
    assert again["event_id"] == "bad"

    await office.ask("POST", "/dead-letters/replay", {"all": True})
    await until(lambda: office.recorder.seen.count("bad") == 3)

    async def none_left() -> bool:
        return await office.letters() == []

    await until(none_left)
    assert office.other.seen.count("bad") == 1


async def test_what_the_broker_refused_is_listed_beside_them_and_sent_again(office: Office) -> None:
    await office.spoil("broken")
    [line] = await until(office.letters)
    assert (line["consumer"], line["event_id"], line["at"]) == (None, "broken", None)
    assert line["id"].startswith("parked-")
    assert line["reason"].startswith("cannot be read")
    shown = (await office.ask("GET", f"/dead-letters/{line['id']}")).json()
    assert shown["event"] == "{"
    mended = json.dumps(event("broken").to_dict())

    def mend(unit: UnitOfWork) -> None:
        unit.connection.execute(outbox.outbox_table("tasks").update().values(envelope=mended))

    await office.database.write(mend)
    assert (await office.ask("POST", "/dead-letters/replay", {"all": True})).json()["results"][0]["ok"]
    await until(lambda: office.recorder.seen == ["broken"])
    assert await office.letters() == []


async def test_a_dead_letter_that_cannot_be_read_stays_and_says_so(office: Office) -> None:
    letter = dead_letters.DeadLetter("worker", "task-events", "e1", "ann", "no JSON", "malformed")
    await office.database.write(lambda unit: dead_letters.keep(unit.connection, letter))
    [line] = await office.letters()
    [result] = (await office.ask("POST", "/dead-letters/replay", {"ids": [line["id"]]})).json()["results"]
    assert not result["ok"]
    assert "cannot be read" in result["detail"]
    assert len(await office.letters()) == 1


async def test_a_letter_that_dies_again_while_it_is_replayed_is_not_removed(office: Office) -> None:
    letter = dead_letters.DeadLetter("worker", "task-events", "e1", "ann", "{}", "first")
    await office.database.write(lambda unit: dead_letters.keep(unit.connection, letter))
    [seen] = await office.database.read(dead_letters.listed)
    await office.database.write(lambda unit: dead_letters.keep(unit.connection, letter))
    assert not await office.database.write(lambda unit: dead_letters.remove(unit.connection, seen))
    assert len(await office.letters()) == 1


@pytest.mark.parametrize("name", ["7", "parked-7", "parked-", "x", "9" * 40])
async def test_an_id_that_is_not_there_is_refused_by_name(office: Office, name: str) -> None:
    answer = await office.ask("GET", f"/dead-letters/{name}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    [result] = (await office.ask("POST", "/dead-letters/replay", {"ids": [name]})).json()["results"]
    assert (result["ok"], name[:40] in result["detail"]) == (False, True)


@pytest.mark.parametrize("body", [{}, {"ids": []}, {"all": True, "ids": ["1"]}, {"some": 1}])
async def test_a_replay_says_which_or_all(office: Office, body: object) -> None:
    answer = await office.ask("POST", "/dead-letters/replay", body)
    assert answer.status_code == 422


async def test_only_an_operators_token_opens_them(office: Office) -> None:
    paths = [
        ("GET", "/dead-letters"),
        ("GET", "/dead-letters/1"),
        ("POST", "/dead-letters/replay"),
        ("POST", "/replay"),
    ]
    for method, path in paths:
        bare = await office.http.request(method, f"/ops{path}")
        other = await office.http.request(method, f"/ops{path}", headers=office.headers("tasks"))
        weak = await office.http.request(method, f"/ops{path}", headers=office.headers(scopes=()))
        assert (bare.status_code, other.status_code, weak.status_code) == (401, 401, 403)


async def test_past_changes_are_handed_to_one_consumer_as_they_were_first_sent(office: Office) -> None:
    world = World(office.database)
    ada, bob = world.client("ada"), world.client("bob")
    task = only(await ada.create([wire.NewTask(text="daily task standup due 9am")]))
    sent = await world.waiting()
    await until(lambda: len(office.other.seen) == 1)
    world.clock.advance(days=1)
    await ada.complete([target(task)])
    await bob.create([wire.NewTask(title="tea")])
    await until(lambda: len(office.other.seen) == 3)
    await until(office.idle)  # an event that is still being delivered is not delivered once more
    first = {one.id: one for one in office.other.events}
    assert {one.id for one in sent} <= set(first)

    async def replayed(**body: object) -> list[Event]:
        office.other.events.clear()
        office.recorder.seen.clear()
        answer = await office.ask("POST", "/replay", {"consumer": "other", **body})
        assert answer.status_code == 200, answer.text
        number = answer.json()["events"]
        await until(lambda: len(office.other.events) == number)
        assert office.recorder.seen == []
        return office.other.events

    assert {one.id: one for one in await replayed()} == first
    assert [one.partitionkey for one in await replayed(user="bob")] == ["bob"]
    since = (world.clock.now() - dt.timedelta(hours=1)).isoformat()
    assert sorted(one.type for one in await replayed(since=since)) == ["task.completed", "task.created"]
    assert await replayed(user="nobody") == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"consumer": "nobody"}, "consumer"),
        ({"consumer": ""}, "consumer"),
        ({}, "consumer"),
        ({"consumer": "other", "since": "yesterday"}, "since"),
        ({"consumer": "other", "since": "2026-11-24T09:00:00"}, "since"),
    ],
)
async def test_a_replay_that_cannot_be_names_the_field(office: Office, body: object, field: str) -> None:
    answer = await office.ask("POST", "/replay", body)
    assert answer.status_code in {404, 422}
    assert answer.json()["field"] == field


async def test_a_page_of_changes_is_followed_by_the_next(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.kit.operations.PAGE", 2)
    world = World(office.database)
    for user in ("ada", "bob"):
        for number in range(3):
            await world.client(user).create([wire.NewTask(title=f"{user} {number}")])
    await until(lambda: len(office.other.seen) == 6)
    answer = await office.ask("POST", "/replay", {"consumer": "other"})
    assert answer.json() == {"consumer": "other", "events": 6}
    await until(lambda: len(office.other.seen) == 12)
