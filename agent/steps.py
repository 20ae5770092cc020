"""A step: one tool call of a line with what is said of its output, or only something to say."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.replies import Told, tell
from agent.session import Call


@dataclass(frozen=True, slots=True)
class Step:
    """A call, if there is one, and the function from its output (empty without a call) to what is said."""

    call: Call | None
    say: Callable[[str], Told]


def saying(told: Told) -> Step:
    """Return a step that only says something."""
    return Step(None, lambda _output: told)


def calling(call: Call) -> Step:
    """Return a step that makes a call and says what came of it."""
    return Step(call, lambda output: tell(call, output))
