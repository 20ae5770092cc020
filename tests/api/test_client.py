"""The client: problems come back as the errors they were, and a service that is away is Unavailable."""

import httpx2
import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.api.problems import from_problem, to_problem
from taskora.domain import errors
from taskora.domain.errors import NotFound, TaskoraError, Unauthenticated, Unavailable

ALL = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, TaskoraError)]


def client(answer: httpx2.Response | Exception) -> TasksClient:
    def handle(_: httpx2.Request) -> httpx2.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(handle), base_url="http://localhost")
    return TasksClient(http, lambda: "token")


@pytest.mark.parametrize("kind", ALL)
def test_an_error_survives_the_way_over_http(kind: type[TaskoraError]) -> None:
    error = kind("It was so.", advice="Do so.", field="it", extra={"candidates": [1]})
    back = from_problem({"type": "/problems/x", "title": "X.", "status": 400, **to_problem(error)})
    assert type(back) is kind
    assert (back.detail, back.next_step, back.field) == ("It was so.", "Do so.", "it")
    assert back.extra.get("candidates") == [1]


def test_codes_tell_errors_apart() -> None:
    codes = [kind.code for kind in ALL]
    assert len(codes) == len(set(codes))


def test_an_unknown_code_is_kept() -> None:
    back = from_problem({"code": "too_hot", "detail": "Too hot."})
    assert (type(back), back.detail, back.extra) == (TaskoraError, "Too hot.", {"code": "too_hot"})


@pytest.mark.anyio
async def test_a_problem_is_raised_as_its_error() -> None:
    problem = {"code": "unauthenticated", "detail": "The token has expired.", "advice": ""}
    with pytest.raises(Unauthenticated, match="expired"):
        await client(httpx2.Response(401, json=problem)).tasks()


@pytest.mark.anyio
@pytest.mark.parametrize(
    "answer",
    [
        httpx2.ConnectError("refused"),
        httpx2.ReadTimeout("slow"),
        httpx2.Response(502, text="<html>Bad gateway</html>"),
        httpx2.Response(500, json=["no", "problem"]),
    ],
)
async def test_a_service_that_is_away_is_unavailable(answer: httpx2.Response | Exception) -> None:
    with pytest.raises(Unavailable):
        await client(answer).tasks()


@pytest.mark.anyio
async def test_the_number_of_a_task_may_be_written_as_people_do() -> None:
    seen: list[str] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url.path)
        return httpx2.Response(404, json={"code": "not_found", "detail": "No."})

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(handle), base_url="http://localhost")
    with pytest.raises(NotFound):
        await TasksClient(http, lambda: "token").task("#12")
    assert seen == ["/api/v1/tasks/12"]


@pytest.mark.anyio
async def test_only_what_was_said_is_sent() -> None:
    bodies: list[bytes] = []
    headers: list[httpx2.Headers] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        bodies.append(request.content)
        headers.append(request.headers)
        return httpx2.Response(200, json={"command_id": "c", "results": []})

    http = httpx2.AsyncClient(transport=httpx2.MockTransport(handle), base_url="http://localhost")
    tasks = TasksClient(http, lambda: "token", correlation_id=lambda: "line-7")
    await tasks.update([wire.TaskEdit(task="#1", title="a")], key="k1")
    assert bodies == [b'{"items":[{"task":"#1","title":"a"}]}']
    assert (headers[0]["authorization"], headers[0]["idempotency-key"]) == ("Bearer token", "k1")
    assert headers[0]["x-correlation-id"] == "line-7"
