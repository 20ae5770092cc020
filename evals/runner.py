"""Runs a suite through an engine and counts what passed, in all, by category and by field."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.case import Case
from evals.engine import Engine, Result

_PLACE = re.compile(r"^(?:commands\[\d+\]|turn \d+)[. ]")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many passed."""

    passed: int
    total: int

    @property
    def share(self) -> float:
        """Return the part that passed, 1 when there was nothing to pass."""
        return self.passed / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """The results of one suite under one engine, in the suite's order. `skipped` cases have none."""

    suite: str
    engine: str
    results: tuple[Result, ...]
    skipped: int

    @property
    def count(self) -> Count:
        """Count the cases."""
        return Count(sum(result.passed for result in self.results), len(self.results))

    def by_category(self) -> Mapping[str, Count]:
        """Count the cases of each category, in alphabetical order."""
        return _count((result.case.cat, result.passed) for result in self.results)

    def by_field(self) -> Mapping[str, Count]:
        """Count the judgements of each field, wherever it stood."""
        return _count(
            (field_name(field), field not in result.verdict.failed)
            for result in self.results
            for field in result.verdict.judged
        )


def field_name(field: str) -> str:
    """Return the bare name of a field: `due` for `commands[1].due`, `tasks` for `turn 2 tasks`."""
    return _PLACE.sub("", field)


def run_suite(name: str, cases: Sequence[Case], engine: Engine) -> Run:
    """Run every case."""
    outcomes = list(engine.run(cases))
    results = tuple(result for result in outcomes if result is not None)
    return Run(name, engine.name, results, len(outcomes) - len(results))


def _count(judged: Iterable[tuple[str, bool]]) -> Mapping[str, Count]:
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name, right in judged:
        total[name] += 1
        passed[name] += right
    return {name: Count(passed[name], total[name]) for name in sorted(total)}
