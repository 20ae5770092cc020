"""Users of one server do not meet: not in a conversation, not in a question that waits, not in an event, not in a command."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx2
import pytest
from uuid_utils import uuid7

from services.local.host import Host, Wrappers
from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.config import SERVER, Settings
from taskora.domain.events import SOURCE_RECURRENCE, Event, EventType, Topic
from taskora.runtime.embedded.invoke import client_for
from taskora.runtime.ports import Publisher
from taskora.storage import dead_letters
from tests.server.houses import KEY, token
from tests.sse import reply
from tests.tasks.world import only, repeating, target
from tests.waiting import until

pytestmark = [pytest.mark.anyio, pytest.mark.requirement("R-013")]
ALIKE = ("ada", "ADA", "ada/shared", "ada%2Fshared", "ada ", "ada\u200b")
"""Users whose names could be taken for one another's, or for a key with a conversation in it."""


class Published:
    """A publisher that also notes what went to the broker; so `post` sends what it should not be sent."""

    def __init__(self) -> None:
        self.events: list[tuple[Topic, Event]] = []
        self._broker: Publisher | None = None

    def around(self, broker: Publisher) -> Publisher:
        self._broker = broker
        return self

    async def publish(self, topic: Topic, events: Sequence[Event]) -> None:
        assert self._broker is not None
        self.events += [(topic, event) for event in events]
        await self._broker.publish(topic, events)


class House:
    """A server in this process and what it published."""

    def __init__(self, host: Host, published: Published) -> None:
        self.host = host
        self.published = published
        self.http = client_for(host.app)

    def tasks(self, user: str) -> TasksClient:
        return TasksClient(self.http, lambda: token(user))

    async def say(self, user: str, text: str, conversation: str = "shared") -> str:
        headers = {"Authorization": f"Bearer {token(user, 'agent')}"}
        answer = await self.http.post("/chat", json={"text": text, "conversation": conversation}, headers=headers)
        assert answer.status_code == 200, answer.text
        return reply(answer.text.splitlines())


@pytest.fixture
async def house(tmp_path: Path, database_url: str, anyio_backend: str) -> AsyncIterator[House]:  # noqa: ARG001  the loop comes first
    published = Published()
    settings = Settings(
        data_dir=tmp_path,
        mode=SERVER,
        signing_key=KEY,
        database_url=database_url if database_url.startswith("postgresql") else None,
        zone="UTC",
        request_wait=60.0,
    )
    server = House(await Host.start(settings, wrap=Wrappers(publisher=published.around)), published)
    yield server
    await server.http.aclose()
    await server.host.stop()


async def titles(house: House, user: str) -> set[str]:
    return {task.title for task in (await house.tasks(user).tasks(wire.TaskQuery(status="all"))).tasks}


async def test_a_question_that_waits_is_answered_by_the_one_who_was_asked(house: House) -> None:
    await house.say("ada", "essay yesterday")
    await house.say("ada", "lab report yesterday")
    assert "Shall I?" in await house.say("ada", "complete everything overdue")
    for user in (*ALIKE[1:], "bob"):
        assert "no open question" in await house.say(user, "yes")
    assert {task.title for task in (await house.tasks("ada").tasks()).tasks} == {"essay", "lab report"}
    await house.say("ada", "yes")
    assert (await house.tasks("ada").tasks()).tasks == []


async def test_users_with_names_alike_have_conversations_and_tasks_of_their_own(house: House) -> None:
    for number, user in enumerate(ALIKE):
        await house.say(user, f"add errand {number}")
    for number, user in enumerate(ALIKE):
        await house.say(user, "make it urgent")
        [task] = (await house.tasks(user).tasks()).tasks
        assert (task.title, task.number, task.priority) == (f"errand {number}", 1, "urgent")


async def test_every_event_is_for_its_user_alone_on_every_topic(house: House) -> None:
    for user, secret in (("ada", "aardvark"), ("bob", "buffalo")):
        client = house.tasks(user)
        task = only(await client.create([repeating(secret, tags=[secret])]))
        await client.complete([target(task)])
        await until(lambda: _followed(client, task))  # noqa: B023  awaited in this round
        await client.set_preferences(wire.PreferencesEdit(zone="Asia/Tokyo"))
    await house.host.drain()
    topics = set()
    for topic, event in house.published.events:
        topics.add(topic)
        other = {"ada": "buffalo", "bob": "aardvark"}[event.partitionkey]
        assert other not in event.to_text(), (topic, event.type)
        assert event.data["user_id"] == event.partitionkey
        assert event.data.get("audience", [event.partitionkey]) == [event.partitionkey]
    assert topics >= {Topic.TASK_EVENTS, Topic.TASK_COMMANDS, Topic.USER_EVENTS}


async def test_a_command_of_the_broker_acts_for_the_user_whom_its_event_names_and_for_nobody_else(house: House) -> None:
    ada = house.tasks("ada")
    task = only(await ada.create([repeating()]))
    await ada.complete([target(task)])
    await until(lambda: _followed(ada, task))
    await house.host.drain()
    before = await ada.changes()
    [real] = [event for topic, event in house.published.events if topic is Topic.TASK_COMMANDS]
    assert (real.type, real.source) == (EventType.TASK_CREATE.value, SOURCE_RECURRENCE)
    forged = Event(
        id=str(uuid7()),
        type=real.type,
        source=real.source,
        subject=real.subject,
        time=real.time,
        partitionkey="bob",
        correlationid=real.correlationid,
        data={**real.data, "user_id": "bob"},
    )
    await house.published.publish(Topic.TASK_COMMANDS, [forged])
    [kept] = await until(lambda: house.host.database.read(dead_letters.listed))
    assert kept.letter.event_id == forged.id
    assert await ada.changes() == before
    assert await titles(house, "bob") == set()


async def test_a_server_reached_by_a_name_that_it_does_not_serve_refuses_even_a_good_token(house: House) -> None:
    headers = {"Authorization": f"Bearer {token('ada')}", "Host": "rebound.example"}
    answer: httpx2.Response = await house.http.get("/api/v1/tasks", headers=headers)
    assert answer.status_code == 403


async def _followed(client: TasksClient, task: wire.Task) -> bool:
    following = (await client.task(task.id)).next
    return following is not None and following.task_id is not None
