"""What every host promises of invoking a service."""

import pytest

from taskora.domain.errors import Unavailable
from taskora.runtime.ports import Answer
from tests.contracts.conftest import EmbeddedWorld

pytestmark = pytest.mark.anyio


async def test_a_service_is_invoked_by_name_with_headers_and_body(world: EmbeddedWorld) -> None:
    answer = await world.invoker.invoke("echo", "POST", "/echo", headers={"x-seen": "yes"}, json={"a": [1]})
    assert answer == Answer(201, {"body": {"a": [1]}, "seen": "yes"})


async def test_an_answer_that_is_not_json_is_text(world: EmbeddedWorld) -> None:
    assert await world.invoker.invoke("echo", "GET", "/plain", headers={}) == Answer(200, "as it is")


async def test_a_status_is_an_answer_and_no_error(world: EmbeddedWorld) -> None:
    assert (await world.invoker.invoke("echo", "GET", "/missing", headers={})).status == 404
    assert (await world.invoker.invoke("echo", "GET", "/broken", headers={})).status == 500


async def test_a_service_that_is_not_there_is_unavailable(world: EmbeddedWorld) -> None:
    with pytest.raises(Unavailable, match="nobody"):
        await world.invoker.invoke("nobody", "GET", "/", headers={})
