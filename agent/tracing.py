"""Spans of a chat, for whoever collects traces: a line, each request to a model, each tool call.

Names and attributes are those of OpenTelemetry's conventions for generative AI. What people and models say is left out unless
the settings ask for it. Without a collector in the process all this does nothing.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from taskora.telemetry import traceparent

if TYPE_CHECKING:
    from agent.language_model.language import Asked, Spent

AGENT = "Taskora"
_tracer = trace.get_tracer("taskora.agent")
_content = False


def show_content(*, shown: bool) -> None:
    """Choose whether spans hold what is said."""
    global _content  # noqa: PLW0603  a property of the process, as the collector is
    _content = shown


class ChatSpan:
    """One request to a model."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._before = (0, 0)

    def begun(self, spent: "Spent") -> None:
        """Remember what the line had used before."""
        self._before = (spent.tokens_in, spent.tokens_out)

    def spent(self, spent: "Spent") -> None:
        """Say what the request used."""
        self._span.set_attribute("gen_ai.usage.input_tokens", spent.tokens_in - self._before[0])
        self._span.set_attribute("gen_ai.usage.output_tokens", spent.tokens_out - self._before[1])

    def failed(self, kind: str) -> None:
        """Say by its kind what went wrong."""
        _failed(self._span, kind)


@contextmanager
def line_span(conversation: str, line: str) -> Iterator[Span]:
    """Give the span of a line, within the trace of its request."""
    within = TraceContextTextMapPropagator().extract({"traceparent": traceparent() or ""})
    attributes = {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": AGENT,
        "gen_ai.conversation.id": conversation,
    }
    with _tracer.start_as_current_span(f"invoke_agent {AGENT}", within, attributes=attributes) as span:
        _say(span, "taskora.line", line)
        yield span


@contextmanager
def chat_span(model: str, asked: "Asked", spent: "Spent") -> Iterator[ChatSpan]:
    """Give the span of a request to a model. It is never the current one, since a stream is read in pieces."""
    attributes = {"gen_ai.operation.name": "chat", "gen_ai.request.model": model}
    span = _tracer.start_span(f"chat {model}", kind=SpanKind.CLIENT, attributes=attributes)
    _say(span, "gen_ai.input.messages", asked.conversation)
    given = ChatSpan(span)
    given.begun(spent)
    try:
        yield given
    finally:
        given.spent(spent)
        span.end()


@contextmanager
def tool_span(tool: str, arguments: object) -> Iterator[Span]:
    """Give the span of a tool call."""
    attributes = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": tool}
    with _tracer.start_as_current_span(f"execute_tool {tool}", attributes=attributes) as span:
        _say(span, "gen_ai.tool.call.arguments", arguments)
        yield span


def refused(span: Span) -> None:
    """Say of a tool call that nothing of it was done."""
    _failed(span, "tool_error")


def _failed(span: Span, kind: str) -> None:
    span.set_attribute("error.type", kind)
    span.set_status(Status(StatusCode.ERROR))


def _say(span: Span, name: str, content: object) -> None:
    if _content and span.is_recording():
        span.set_attribute(name, json.dumps(content, ensure_ascii=False, default=str))
