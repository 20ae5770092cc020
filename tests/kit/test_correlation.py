"""The correlation id and the trace of a request: taken or begun, and never taken from what has another form."""

import re

import pytest
from fastapi.responses import JSONResponse, Response

from services.kit.app import make_app
from taskora import telemetry
from taskora.config import Settings
from taskora.runtime.embedded.invoke import client_for

pytestmark = pytest.mark.anyio
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SPAN = "00f067aa0ba902b7"


async def bound(**headers: str) -> dict[str, str]:
    """Return what is bound while a request with these headers is answered."""
    app = make_app("test", Settings())

    @app.get("/bound")
    async def answer() -> Response:
        return JSONResponse({"correlation": telemetry.correlation_id(), "trace": telemetry.traceparent()})

    async with client_for(app) as http:
        found: dict[str, str] = (await http.get("/bound", headers=headers)).json()
        return found


@pytest.mark.parametrize("flags", ["00", "01"])
async def test_a_request_goes_on_with_the_trace_it_came_with(flags: str) -> None:
    trace = (await bound(traceparent=f"00-{TRACE}-{SPAN}-{flags}"))["trace"]
    assert re.fullmatch(rf"00-{TRACE}-[0-9a-f]{{16}}-{flags}", trace)
    assert SPAN not in trace


async def test_what_a_later_version_appends_is_left_out() -> None:
    trace = (await bound(traceparent=f"cc-{TRACE}-{SPAN}-01-what-the-future-brings"))["trace"]
    assert re.fullmatch(rf"00-{TRACE}-[0-9a-f]{{16}}-01", trace)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "nonsense",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"00-{TRACE}-{SPAN}",
    ],
)
async def test_a_malformed_trace_is_replaced_by_a_new_one(given: str) -> None:
    first, second = (await bound(traceparent=given))["trace"], (await bound(traceparent=given))["trace"]
    for trace in (first, second):
        assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", trace)
        assert TRACE not in trace
    assert first != second


async def test_the_correlation_id_is_taken_or_made() -> None:
    assert (await bound(**{"X-Correlation-ID": "line-7"}))["correlation"] == "line-7"
    assert "\t" not in (await bound(**{"X-Correlation-ID": "a\tb"}))["correlation"]
    assert telemetry.correlation_id() is None
    assert telemetry.traceparent() is None
