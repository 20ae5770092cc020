"""A language model behind an OpenAI-compatible server, as the agent asks it: one request, pieces of text, one answer.

Whatever comes from there is foreign: an answer is used only once it is whole and well formed, its tool calls get ids of our
own, and everything that can go wrong becomes one error with a reason for people. What the server said of an error is neither
shown nor logged, since some repeat the key in it. Not here: what is asked, and what is done with the answer (`hybrid`).
"""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2
import openai
from agents import AgentsException, ModelSettings, ModelTracing, OpenAIChatCompletionsModel
from agents.items import TResponseInputItem
from agents.tool import Tool
from openai.types.responses import ResponseFunctionToolCall, ResponseOutputItem, ResponseOutputMessage

from agent.items import message
from agent.language_model.choice import Choice
from agent.language_model.trouble import Trouble
from agent.tracing import chat_span

RETRIES = 1
"""Times that a request is repeated which the server refused for the moment."""

_FOREIGN = (
    openai.OpenAIError,
    AgentsException,
    httpx2.HTTPError,
    OSError,
    TimeoutError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
)
"""What the clients raise for a server that is away, slow or wrong: they read its answers without checking their form."""


@dataclass(slots=True)
class Spent:
    """What a line has used so far; it begins with the first request."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def tokens(self) -> int:
        """Return all tokens."""
        return self.tokens_in + self.tokens_out


@dataclass(frozen=True, slots=True)
class Asked:
    """What the model is asked: instructions, the conversation, the tools."""

    instructions: str
    conversation: list[TResponseInputItem]
    tools: list[Tool]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    items: Sequence[ResponseOutputItem]

    @property
    def calls(self) -> list[ResponseFunctionToolCall]:
        """Return the tool calls it asks for."""
        return [item for item in self.items if isinstance(item, ResponseFunctionToolCall)]


class Language:
    """One model of one server. Made once; a line brings its own account of what it has spent."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self._client = openai.AsyncOpenAI(
            base_url=choice.url, api_key=choice.key or "none", max_retries=RETRIES, timeout=choice.limits.seconds
        )
        self._model = OpenAIChatCompletionsModel(choice.name, self._client)
        self._settings = ModelSettings(include_usage=True, store=False if choice.hosted_by_openai else None)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def ask(self, asked: Asked, spent: Spent) -> AsyncIterator[str | Answer]:
        """Yield pieces of text as they come, and at last the answer. Raises Trouble."""
        self._check(spent)
        spent.requests += 1
        with chat_span(self.choice.name, asked, spent) as span:
            try:
                async for given in self._asked(asked, spent):
                    yield given
            except _FOREIGN as error:
                span.failed(type(error).__name__)
                raise Trouble(_reason(error)) from error

    def _check(self, spent: Spent) -> None:
        limits = self.choice.limits
        if spent.requests >= limits.requests:
            raise Trouble("it came to no end")
        if spent.tokens >= limits.tokens:
            raise Trouble("it used up the tokens of a line")

    async def _asked(self, asked: Asked, spent: Spent) -> AsyncIterator[str | Answer]:
        ends = asyncio.get_running_loop().time() + self.choice.limits.seconds - (time.monotonic() - spent.began)
        events = self._streamed(asked, spent) if self.choice.stream else self._at_once(asked, spent)
        length = 0
        try:
            while True:
                async with asyncio.timeout_at(ends):
                    given = await anext(events, None)
                if given is None:
                    raise Trouble("its answer broke off")
                if isinstance(given, Answer):
                    yield given
                    return
                given = given[: self.choice.limits.answer - length]
                length += len(given)
                if given:
                    yield given
                if length >= self.choice.limits.answer:
                    yield Answer([message("")])
                    return
        finally:
            await events.aclose()

    async def _streamed(self, asked: Asked, spent: Spent) -> Any:
        events = self._model.stream_response(*self._request(asked))
        try:
            async for event in events:
                if event.type == "response.output_text.delta":
                    yield event.delta
                elif event.type == "response.completed":
                    _count(spent, event.response.usage)
                    yield Answer(_checked(event.response.output))
        finally:
            await events.aclose()  # type: ignore[attr-defined]  # typed as an iterator, made as a generator

    async def _at_once(self, asked: Asked, spent: Spent) -> Any:
        response = await self._model.get_response(*self._request(asked))
        _count(spent, response.usage)
        items = _checked(response.output)
        for item in items:
            if isinstance(item, ResponseOutputMessage):
                yield "".join(part.text for part in item.content if part.type == "output_text")
        yield Answer(items)

    def _request(self, asked: Asked) -> tuple[Any, ...]:
        return (
            asked.instructions,
            asked.conversation,
            self._settings,
            asked.tools,
            None,
            [],
            ModelTracing.DISABLED,
        )


def _count(spent: Spent, usage: Any) -> None:
    """Add what the server counted; one that counts nothing costs nothing."""
    spent.tokens_in += getattr(usage, "input_tokens", 0) or 0
    spent.tokens_out += getattr(usage, "output_tokens", 0) or 0


def _checked(items: Sequence[ResponseOutputItem]) -> list[ResponseOutputItem]:
    """Return the items with ids of our own for the calls. Raises ValueError for arguments that are no JSON object."""
    checked: list[ResponseOutputItem] = []
    for item in items:
        if isinstance(item, ResponseFunctionToolCall):
            dict(json.loads(item.arguments or "{}"))
            identifier = str(uuid.uuid4())
            checked.append(item.model_copy(update={"id": identifier, "call_id": identifier}))
        else:
            checked.append(item)
    return checked


_REASONS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((TimeoutError, openai.APITimeoutError), "it took too long"),
    ((openai.APIConnectionError, httpx2.TransportError, OSError), "it can't be reached"),
    ((openai.RateLimitError,), "it has too much to do"),
    ((openai.AuthenticationError, openai.PermissionDeniedError), "it refused the key"),
    ((openai.NotFoundError,), "its server doesn't know it"),
    ((openai.APIStatusError,), "its server failed"),
)
"""Reasons by kind of error, the first that fits; TimeoutError is an OSError."""


def _reason(error: Exception) -> str:
    return next((reason for kinds, reason in _REASONS if isinstance(error, kinds)), "its answer made no sense")
