"""The default model: understands a line by rules and chooses the tool. It needs no key, no network and no account.

To the agent's loop it is a model like any other: it sees the user's line and the outputs of the tools, and answers with the
next call or with the reply. It works out no date: the words go to the tools, and the task service resolves them.
"""

import json
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import cast

from agents.items import ModelResponse, TResponseInputItem, TResponseStreamEvent
from agents.models.interface import Model
from agents.usage import Usage
from openai.types.responses import ResponseFunctionToolCall, ResponseOutputMessage, ResponseOutputText

from agent.items import completed, message, piece
from agent.session import Call, Conversation
from agent.speaking.replies import Told
from agent.steps import Step
from agent.understanding.plan import plan
from taskora.nlu.reading import Context

Output = ResponseFunctionToolCall | ResponseOutputMessage


class RuleModel(Model):
    """The rules for one line of a conversation, read at the moment and with the preferences of `context`.

    The question that the line leaves open is put into the conversation with the reply.
    """

    def __init__(self, conversation: Conversation, context: Context) -> None:
        self._conversation = conversation
        self._context = context
        self._steps: list[Step] | None = None

    async def get_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],  # noqa: A002  the library's name
        *_rest: object,
        **_options: object,
    ) -> ModelResponse:
        """Return the next call or the reply."""
        del system_instructions
        return ModelResponse(output=[self._next(input)], usage=Usage(requests=1), response_id=None)

    async def stream_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],  # noqa: A002  the library's name
        *_rest: object,
        **_options: object,
    ) -> AsyncIterator[TResponseStreamEvent]:
        """Return the next call, or the reply line by line."""
        del system_instructions
        output = self._next(input)
        if isinstance(output, ResponseOutputMessage):
            for line in _lines(output):
                yield piece(line)
        yield completed([output], "rules")

    def _next(self, input_: str | list[TResponseInputItem]) -> Output:
        line, outputs = _heard(input_)
        if self._steps is None:
            pending, self._conversation.pending = self._conversation.pending, None
            self._steps = plan(line, self._context, self._conversation.memory, pending)
        reached = _reached(self._steps, outputs)
        if isinstance(reached, Call):
            return _function_call(reached)
        self._conversation.pending = next((one.pending for one in reached if one.pending), None)
        return message("\n".join(one.text for one in reached))


def _reached(steps: Sequence[Step], outputs: Sequence[str]) -> Call | list[Told]:
    """Return the next call, or what is said of each step once every call has its output."""
    remaining = iter(outputs)
    told: list[Told] = []
    for first in steps:
        reached: Told | Step = first
        while isinstance(reached, Step):
            output = next(remaining, None) if reached.call else ""
            if output is None:
                return cast(Call, reached.call)
            reached = reached.say(output)
        told.append(reached)
    return told


def _heard(input_: str | list[TResponseInputItem]) -> tuple[str, list[str]]:
    """Return the user's last line and the outputs of the tools since then."""
    if isinstance(input_, str):
        return input_, []
    line = ""
    outputs: list[str] = []
    for item in input_:
        facts: Mapping[str, object] = dict(item)
        if facts.get("role") == "user":
            line, outputs = _text(facts.get("content")), []
        elif facts.get("type") == "function_call_output":
            outputs.append(_text(facts.get("output")))
    return line, outputs


def _text(content: object) -> str:
    """Return the text of a message or of an output, which is a text or a list of parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "\n".join(str(part["text"]) for part in parts if isinstance(part, Mapping) and "text" in part)


def _lines(reply: ResponseOutputMessage) -> list[str]:
    text = "".join(part.text for part in reply.content if isinstance(part, ResponseOutputText))
    return text.splitlines(keepends=True)


def _function_call(call: Call) -> ResponseFunctionToolCall:
    identifier = str(uuid.uuid4())
    return ResponseFunctionToolCall(
        type="function_call",
        id=identifier,
        call_id=identifier,
        name=call.tool,
        arguments=json.dumps(call.arguments),
    )
