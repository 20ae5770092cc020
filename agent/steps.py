"""A step: one tool call of a line with what follows from its output, or only something to say.

What follows is what is said, or a further step that could not be known before: which task it is, say, or when it is due.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, Union

from agent.session import Call
from agent.speaking.facts import Facts, read
from agent.speaking.replies import Told, tell

Answer = TypeVar("Answer", bound=Facts)


@dataclass(frozen=True, slots=True)
class Step:
    """A call, if there is one, and the function from its output (empty without a call) to what follows."""

    call: Call | None
    say: Callable[[str], Union[Told, "Step"]]


def saying(told: Told) -> Step:
    """Return a step that only says something."""
    return Step(None, lambda _output: told)


def calling(call: Call) -> Step:
    """Return a step that makes a call and says what came of it."""
    return Step(call, lambda output: tell(call, output))


def asking(call: Call, kind: type[Answer], follow: Callable[[Answer], Union[Told, "Step"]]) -> Step:
    """Return a step that goes on with what a call answers; a sentence instead of an answer is said as it is."""

    def say(output: str) -> Told | Step:
        answer = read(kind, output)
        return follow(answer) if answer is not None else Told(output)

    return Step(call, say)
