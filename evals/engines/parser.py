"""The parser engine: a phrase is read by `taskora.nlu.reader.read_line`. Dialogues need the agent and are skipped."""

from collections.abc import Iterator, Sequence

from evals.case import Case, Phrase
from evals.engine import Result
from evals.moments import UnknownPreference, context_of, local_day
from evals.scorers import Verdict, judge_phrase
from evals.view import show_command
from taskora.domain.errors import TaskoraError
from taskora.nlu.reader import read_line


class ParserEngine:
    """Reads each phrase with the user's preferences at the case's instant."""

    name = "parser"

    def run(self, cases: Sequence[Case]) -> Iterator[Result | None]:
        """Yield a result for each phrase, None for each dialogue."""
        for case in cases:
            yield _read(case) if isinstance(case, Phrase) else None


def _read(case: Phrase) -> Result:
    try:
        reading = read_line(case.text, context_of(case.moment))
    except UnknownPreference as error:
        return Result(case, {"error": str(error)}, Verdict(("prefs",), ("prefs",)))
    except TaskoraError as error:
        return Result(
            case, {"error": f"{error.code}: {error.detail}"}, judge_phrase(case.expect, [], local_day(case.moment))
        )
    got = [show_command(command, case.moment.tz) for command in reading.commands]
    shown = got[0] if len(got) == 1 else {"commands": got}
    return Result(case, shown, judge_phrase(case.expect, got, local_day(case.moment)))
