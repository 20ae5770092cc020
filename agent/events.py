"""What happens while a line is answered, as the client of POST /chat sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCalled:
    """A tool was called; `ok` tells whether anything of the call succeeded."""

    name: str
    ok: bool


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a line used of a language model; `trouble` says why it could not be used to the end, and the rules went on."""

    name: str
    requests: int
    tokens_in: int
    tokens_out: int
    cost: float
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The whole reply, the conversation to go on with, and how many tasks were changed.

    `model`: what was used of a language model; None for a line that the rules answered alone.
    """

    reply: str
    conversation: str
    changed: int
    model: ModelUse | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The line could not be answered; `problem` is the error as the members of an RFC 9457 problem."""

    problem: dict[str, object]


Event = Delta | ToolCalled | Done | Failed
