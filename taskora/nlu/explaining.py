"""Why a line was read as it was: every piece that was found, its score, and what became of it. Pure data, no wording of pages.

Stands beside `reader`: the terminal (`taskora explain`) and the reports of the evaluation suite show what is returned here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from taskora.nlu.candidates import THRESHOLD, Candidate, Kind
from taskora.nlu.commands.line import read
from taskora.nlu.reading import Command, Context, Intent, Reading
from taskora.nlu.task_entry import weighed


@dataclass(frozen=True, slots=True)
class Sight:
    """A piece `[start, end)` of the line that may mean something: of which kind, how sure (0 to 1), and what became of it."""

    start: int
    end: int
    text: str
    kind: str
    score: float
    used: bool
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reading with all that was seen on the way to it, in the order of the line."""

    reading: Reading
    sights: tuple[Sight, ...]


def explain(text: str, context: Context) -> Explanation:
    """Return the reading of a line and every piece that was weighed for it."""
    reading = read(text, context)
    sights: list[Sight] = []
    position = 0
    for command in reading.commands:
        begin = max(text.find(command.text, position), position) if command.text else position
        sights += _sights(command, begin, context)
        position = begin + len(command.text)
    return Explanation(reading, tuple(sights))


def _sights(command: Command, begin: int, context: Context) -> list[Sight]:
    if command.intent is not Intent.ADD:
        why = f"read as {command.intent.value}"
        return [Sight(begin, begin + len(command.text), command.text, Kind.COMMAND.value, 1.0, used=True, why=why)]
    found, used = weighed(command.text, context)
    return [_sight(one, used, command.text, begin) for one in found]


def _sight(one: Candidate, used: Sequence[Candidate], text: str, begin: int) -> Sight:
    taken = any(one.start == other.start and one.end == other.end and one.kind is other.kind for other in used)
    return Sight(
        one.start + begin,
        one.end + begin,
        text[one.start : one.end],
        one.kind.value,
        one.score,
        taken,
        _why(one, used, text, taken=taken),
    )


def _why(one: Candidate, used: Sequence[Candidate], text: str, *, taken: bool) -> str:
    if taken:
        return "; ".join(one.assumptions) or "sure enough by its form and the words around it"
    over = next((other for other in used if one.overlaps(other)), None)
    if over is not None:
        return f"“{text[over.start : over.end]}” was surer or says more"
    if one.score < THRESHOLD:
        return "the words around it make it part of a name or a noun: it stays in the title"
    return "another one of its kind was surer: it stays in the title"
