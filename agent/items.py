"""The few shapes of the agent library that our own models answer with: a piece of text, a message, the end of a response."""

import time
import uuid
from collections.abc import Sequence

from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseOutputItem,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
)

ITEM = "reply"


def piece(text: str) -> ResponseTextDeltaEvent:
    """Return a piece of the reply as it is being written."""
    return ResponseTextDeltaEvent(
        type="response.output_text.delta",
        delta=text,
        item_id=ITEM,
        content_index=0,
        output_index=0,
        sequence_number=0,
        logprobs=[],
    )


def message(text: str) -> ResponseOutputMessage:
    """Return a reply."""
    return ResponseOutputMessage(
        id=str(uuid.uuid4()),
        type="message",
        role="assistant",
        status="completed",
        content=[ResponseOutputText(type="output_text", text=text, annotations=[])],
    )


def completed(output: Sequence[ResponseOutputItem], model: str) -> ResponseCompletedEvent:
    """Return the end of a response, with all of it."""
    response = Response(
        id=str(uuid.uuid4()),
        created_at=time.time(),
        model=model,
        object="response",
        output=list(output),
        tool_choice="auto",
        tools=[],
        parallel_tool_calls=False,
    )
    return ResponseCompletedEvent(type="response.completed", sequence_number=0, response=response)
