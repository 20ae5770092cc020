"""Words that fit several tasks, with a client that can ask its user; progress of long calls; calls that are taken back."""

import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from mcp import Client
from mcp.types import ElicitRequestFormParams, ElicitResult
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from mcp_server.door import Door
from mcp_server.server import build
from taskora.api import wire
from taskora.api.client import TasksClient
from tests.hosts import LocalHost
from tests.mcp_server.calls import Caller
from tests.mcp_server.served import ERAS, served, speaking

pytestmark = pytest.mark.anyio

Answering = Callable[[ElicitRequestFormParams], ElicitResult]


class Person:
    """Who sits at the client: keeps the questions and answers each the same way."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self.questions: list[str] = []

    async def __call__(self, _: object, asked: Any) -> ElicitResult:
        self.questions.append(asked.message)
        return self._answering(asked)


def choose(part: str) -> Answering:
    """Return one who picks what contains these words."""

    def answer(asked: ElicitRequestFormParams) -> ElicitResult:
        choices = asked.requested_schema["properties"]["task"]["enum"]
        (chosen,) = (choice for choice in choices if part in choice)
        return ElicitResult(action="accept", content={"task": chosen})

    return answer


@pytest.fixture(params=ERAS)
async def talk(host: LocalHost, request: pytest.FixtureRequest) -> Any:
    """Give a way to connect a person, in process, where both eras can ask."""
    tasks = TasksClient(host.http, lambda: host.token("tasks"))
    await host.tasks.create([wire.NewTask(text=line) for line in ("dentist bill", "dentist visit friday", "essay")])

    @asynccontextmanager
    async def connected(person: Any) -> AsyncIterator[Caller]:
        server = build(lambda: tasks)
        async with Client(server, mode=request.param, elicitation_callback=person) as client:
            yield Caller(client)

    return connected


async def completed(host: LocalHost) -> list[str]:
    page = await host.tasks.tasks(wire.TaskQuery(status="completed", sort="number"))
    return [task.title for task in page.tasks]


async def test_the_user_picks_one_of_the_candidates_before_anything_is_done(talk: Any, host: LocalHost) -> None:
    person = Person(choose("visit"))
    async with talk(person) as call:
        answer = await call("complete_tasks", tasks=["essay", "dentist"])
    assert [result["task"]["title"] for result in answer["results"]] == ["essay", "dentist visit"]
    assert await completed(host) == ["dentist visit", "essay"]
    assert person.questions == ["Several tasks fit “dentist”. Which one do you mean?"]
    assert len((await host.tasks.changes()).changes) == 3 + 2


async def test_items_of_an_edit_are_asked_for_in_the_same_way(talk: Any) -> None:
    async with talk(Person(choose("bill"))) as call:
        answer = await call("update_tasks", items=[{"task": "dentist", "priority": "high"}])
    assert answer["results"][0]["task"]["title"] == "dentist bill"


async def test_words_that_fit_one_and_numbers_ask_nothing(talk: Any) -> None:
    person = Person(choose("bill"))
    async with talk(person) as call:
        await call("complete_tasks", tasks=["#1", "essay"])
    assert person.questions == []


@pytest.mark.parametrize(
    "answer",
    [
        ElicitResult(action="decline"),
        ElicitResult(action="cancel"),
        ElicitResult(action="accept", content={"task": "#3 essay"}),
        ElicitResult(action="accept", content={}),
        ElicitResult(action="accept"),
    ],
    ids=["declined", "cancelled", "another task", "nothing", "no content"],
)
async def test_who_does_not_choose_gets_the_candidates_and_the_rest_is_done(
    talk: Any, host: LocalHost, answer: ElicitResult
) -> None:
    async with talk(Person(lambda _: answer)) as call:
        results = (await call("complete_tasks", tasks=["dentist", "essay"]))["results"]
    assert (results[0]["problem"]["code"], len(results[0]["problem"]["candidates"])) == ("ambiguous", 2)
    assert await completed(host) == ["essay"]


async def test_a_client_that_cannot_ask_gets_the_candidates(talk: Any) -> None:
    async with talk(None) as call:
        assert (await call.failing("delete_tasks", tasks=["dentist"]))["results"][0]["problem"]["candidates"]


async def test_a_task_that_went_meanwhile_is_not_chosen(talk: Any, host: LocalHost) -> None:
    """The candidates of the second call count: what was shown before may be gone."""
    person = Person(choose("visit"))

    async def late(context: object, asked: Any) -> ElicitResult:
        await host.tasks.delete([wire.TaskTarget(task="#2")])
        return await person(context, asked)

    async with talk(late) as call:
        answer = await call.client.call_tool("complete_tasks", {"tasks": ["dentist"]})
    assert "visit" not in await completed(host)
    assert answer.structured_content is not None


class Taking:
    """Hands each request to another door than the one before, as a balancer before several processes does."""

    def __init__(self, doors: Sequence[Door]) -> None:
        self._turns = itertools.cycle(doors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await next(self._turns)(scope, receive, send)


@pytest.mark.parametrize("count", [1, 2, 3])
async def test_over_http_whichever_process_gets_the_answer_does_what_another_asked(host: LocalHost, count: int) -> None:
    await host.tasks.create([wire.NewTask(text=line) for line in ("dentist bill", "dentist visit friday")])
    doors = [Door(host.host.key, host.http) for _ in range(count)]
    app = FastAPI(openapi_url=None)
    app.router.routes.append(Route("/mcp", Taking(doors)))
    async with (
        served(app) as url,
        speaking(url, host.token("mcp"), elicitation_callback=Person(choose("visit"))) as client,
    ):
        await Caller(client)("complete_tasks", tasks=["dentist"])
    assert await completed(host) == ["dentist visit"]
    for door in doors:
        await door.close()


@pytest.mark.parametrize("era", ERAS)
async def test_a_long_batch_tells_how_far_it_is(host: LocalHost, era: str) -> None:
    heard: list[tuple[float, float | None]] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:  # noqa: ARG001  so called
        heard.append((progress, total))

    async with served(host.host.app) as url, speaking(url, host.token("mcp"), era) as client:
        items = [{"title": f"task {number}"} for number in range(60)]
        await client.call_tool("add_tasks", {"items": items}, progress_callback=hear)
        assert (heard[0], heard[-1]) == ((0, 60), (60, 60))
        assert heard == sorted(set(heard))
        heard.clear()
        await client.call_tool("add_tasks", {"items": items[:2]}, progress_callback=hear)
        assert heard == []


@pytest.mark.parametrize("era", ERAS)
async def test_a_call_that_is_taken_back_is_done_whole_or_not_at_all(host: LocalHost, era: str) -> None:
    async with served(host.host.app) as url, speaking(url, host.token("mcp"), era) as client:
        for attempt in range(12):
            items = [{"title": f"task {attempt}.{number}"} for number in range(10)]
            with anyio.move_on_after(0.004 * attempt):
                await client.call_tool("add_tasks", {"items": items})
        await Caller(client)("add_tasks", items=[{"title": "the end"}])
    titles = [task.title for task in (await host.tasks.tasks(wire.TaskQuery(limit=200))).tasks]
    rounds = [title.split()[1].split(".")[0] for title in titles if title != "the end"]
    assert all(rounds.count(attempt) == 10 for attempt in rounds)
    assert titles.count("the end") == 1
