"""What an engine is to the runner: it takes cases and gives a result for each, or None for a case it cannot run.

Implementations: `engines/parser`, `engines/agent`, and in `engines/models` those that ask a language model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from evals.case import Case
from evals.form import Json
from evals.scorers import Verdict


class NoEngine(ValueError):
    """An engine cannot run here; the text says what it needs."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case: what was understood or done, in the form of the cases, and the verdict."""

    case: Case
    got: Json
    verdict: Verdict

    @property
    def passed(self) -> bool:
        """Tell whether nothing that was judged failed."""
        return not self.verdict.failed


class Engine(Protocol):
    """Runs cases."""

    @property
    def name(self) -> str:
        """What reports call it."""

    def run(self, cases: Sequence[Case]) -> Iterator[Result | None]:
        """Yield a result for each case in order, None for one that is skipped."""
