"""The yes to what was shown: the calls that a question held are made, once, under its id."""

from collections.abc import Sequence

from agent.session import Call, Pending
from agent.speaking.replies import Told, tell
from agent.steps import Step


def approved(pending: Pending) -> Step:
    """Return the step that makes the calls of a question; if the tools can't be reached, the question stays open."""
    return _making(pending, (pending.call, *pending.then), 0, ())


def _making(pending: Pending, calls: Sequence[Call], place: int, said: tuple[str, ...]) -> Step:
    call = calls[place]
    key = f"{pending.id}-{place}" if place else pending.id
    keyed = Call(call.tool, call.arguments | {"client_request_id": key})

    def say(output: str) -> Told | Step:
        told = tell(keyed, output)
        text = "\n".join([*said, told.text])
        if told.text == output:
            return Told(text, pending)
        if place + 1 < len(calls):
            return _making(pending, calls, place + 1, (*said, told.text))
        return Told(text, told.pending)

    return Step(keyed, say)
