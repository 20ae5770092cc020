"""What is said by code at the end of a language model's part: what was changed, what failed, what waits for a yes. Pure."""

import re
from collections.abc import Sequence

from agent.made import Made
from agent.session import Call, Pending
from agent.speaking.confirmation import GO_ON
from agent.speaking.preview import Preview, merged
from agent.speaking.replies import Told, new_question, tell

NOTHING = "(Nothing was changed.)"
_CLAIMS = re.compile(
    r"\b(?:add|creat|delet|remov|complet|mark|mov|reschedul|renam|updat|chang|schedul|restor|tagg|set|finish|clear)(?:ed|d)?\b"
    r"|\bdone\b",
    re.IGNORECASE,
)


def told_of(call: Made) -> Told:
    """Return what to say of a call that was made."""
    return tell(Call(call.tool, dict(call.arguments)), call.output)


def may_speak(made: Sequence[Made]) -> bool:
    """Tell whether the model's own words are wanted: not after a change, which code tells, unless it also looked things up."""
    writes = [call for call in made if not call.reads]
    if not writes:
        return True
    return not writes[-1].failed and any(call.reads for call in made)


def closing(made: Sequence[Made], spoken: str) -> Told:
    """Return what is left to say: what failed, or that nothing was changed where the model's words may claim it."""
    writes = [call for call in made if not call.reads]
    if not writes:
        return Told(NOTHING if _CLAIMS.search(spoken) else "")
    last = told_of(writes[-1])
    return last if writes[-1].failed else Told("", last.pending)


def failures(made: Sequence[Made]) -> list[str]:
    """Return what is to be said of the changes that could not be made."""
    return [told_of(call).text for call in made if not call.reads and call.failed]


def waiting(previews: Sequence[Preview]) -> tuple[str, Pending]:
    """Return the question whether what was proposed shall be done, and what yes does."""
    parts = merged(previews)
    first, *more = (part.call for part in parts)
    question = new_question(first)
    lines = [line for part in parts for line in part.lines]
    return "\n".join([*lines, GO_ON]), Pending(question.id, first, (), tuple(more))
