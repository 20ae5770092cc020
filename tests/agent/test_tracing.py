"""Spans of a chat. The API of OpenTelemetry gives nothing to look at by itself, so a collector of the test's own takes them."""

from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, Tracer

from agent import tracing
from tests.agent.model_server import Fails, Says, calls
from tests.agent.modelled import STORY, ModelledWith

pytestmark = pytest.mark.anyio

TRACE = 0x0AF7651916CD43DD8448EB211C80319C


class Taken(NonRecordingSpan):
    """A span that is kept."""

    def __init__(self, name: str, parent: SpanContext, attributes: dict[str, Any]) -> None:
        super().__init__(SpanContext(parent.trace_id or 1, 1, is_remote=False, trace_flags=TraceFlags(1)))
        self.name = name
        self.attributes = attributes
        self.ended = False

    def is_recording(self) -> bool:
        return True

    def set_attribute(self, key: str, value: Any) -> None:
        self.attributes[key] = value

    def end(self, end_time: int | None = None) -> None:
        del end_time
        self.ended = True


class Collector(Tracer):
    """Keeps the spans that are begun."""

    def __init__(self) -> None:
        self.spans: list[Taken] = []

    def start_span(self, name: str, context: Any = None, *_: Any, attributes: Any = None, **__: Any) -> Taken:
        parent = trace.get_current_span(context).get_span_context()
        self.spans.append(Taken(name, parent, dict(attributes or {})))
        return self.spans[-1]

    def start_as_current_span(self, name: str, context: Any = None, *rest: Any, **options: Any) -> Any:
        return trace.use_span(self.start_span(name, context, *rest, **options), end_on_exit=True)


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """Give what takes the spans, in place of the tracer that drops them."""
    taking = Collector()
    monkeypatch.setattr(tracing, "_tracer", taking)
    yield taking
    tracing.show_content(shown=False)


async def test_a_line_its_requests_and_its_tool_calls_are_spans_of_the_requests_trace_without_content(
    modelled_with: ModelledWith, collector: Collector
) -> None:
    modelled = await modelled_with()
    modelled.server.will(calls("add_tasks", items=[{"title": "oat milk"}]), Says(""))
    headers = modelled.talk.headers() | {"traceparent": f"00-{TRACE:032x}-b7ad6b7169203331-01"}
    await modelled.host.http.post("/chat", json={"text": STORY}, headers=headers)
    names = [span.name for span in collector.spans]
    assert names[0] == "invoke_agent Taskora"
    assert names.count("chat fake") == 2
    assert "execute_tool add_tasks" in names
    assert all(span.ended for span in collector.spans)
    assert {span.get_span_context().trace_id for span in collector.spans} == {TRACE}
    chat = next(span for span in collector.spans if span.name == "chat fake")
    assert chat.attributes["gen_ai.usage.input_tokens"] == 100
    assert "milk" not in str([span.attributes for span in collector.spans])


async def test_a_request_that_failed_says_so_by_its_kind(modelled_with: ModelledWith, collector: Collector) -> None:
    modelled = await modelled_with()
    modelled.server.will(Fails(401, "secret-key is wrong"))
    await modelled.talk.say(STORY)
    failed = next(span for span in collector.spans if span.name == "chat fake")
    assert failed.attributes["error.type"] == "AuthenticationError"
    assert "secret-key" not in str([span.attributes for span in collector.spans])


async def test_content_is_traced_where_the_settings_ask_for_it(
    modelled_with: ModelledWith, collector: Collector
) -> None:
    modelled = await modelled_with(trace_content=True)
    modelled.server.will(Says("Fine."))
    await modelled.talk.say(STORY)
    assert STORY in collector.spans[0].attributes["taskora.line"]
