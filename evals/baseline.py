"""The baseline of our own suite: a floor for each slice, and the cases that pass and may not fail again.

A slice is the cases of one category under one engine. Single cases may fail; falling below a floor or losing a case that
passed may not.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evals.runner import Run

Floors = Mapping[str, float]

HIGHEST_FLOOR = 0.98
"""A slice that is at 100 % must still take in new cases that fail; what passed is kept by its id."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """By engine: the least share of each slice that passes (0 to 1), and the ids that passed."""

    floors: Mapping[str, Floors] = field(default_factory=dict)
    must_pass: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Baseline":
        """Read the file; without one there is nothing to hold. Raises ValueError when it is no baseline."""
        if not path.exists():
            return cls()
        raw = json.loads(path.read_text(encoding="utf-8"))
        return cls(raw["floors"], {engine: tuple(ids) for engine, ids in raw["must_pass"].items()})

    def write(self, path: Path) -> None:
        """Write the file."""
        raw = {"floors": self.floors, "must_pass": self.must_pass}
        path.write_text(json.dumps(raw, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def faults(self, run: Run) -> list[str]:
        """Return a sentence for each floor that the run misses and each id that it loses."""
        floors = self.floors.get(run.engine, {})
        missed = [
            f"{run.engine} {cat}: {count.passed} of {count.total} is below the floor of {floors[cat]:.0%}"
            for cat, count in run.by_category().items()
            if cat in floors and count.share < floors[cat]
        ]
        unset = [f"{run.engine} {cat}: no floor is set" for cat in run.by_category() if cat not in floors]
        return missed + unset + self._regressions(run)

    def _regressions(self, run: Run) -> list[str]:
        passed = {result.case.id: result.passed for result in run.results}
        kept = self.must_pass.get(run.engine, ())
        gone = [f"{run.engine} {name}: is in the baseline but not in the suite" for name in kept if name not in passed]
        lost = [f"{run.engine} {name}: passed before and fails now" for name in kept if passed.get(name) is False]
        return gone + lost

    def raised_to(self, run: Run) -> "Baseline":
        """Return a baseline that holds what this run reached: floors only rise, the ids are those that pass."""
        old = self.floors.get(run.engine, {})
        reached = {
            cat: min(math.floor(count.share * 100) / 100, HIGHEST_FLOOR) for cat, count in run.by_category().items()
        }
        floors = {cat: max(share, old.get(cat, 0.0)) for cat, share in reached.items()}
        passing = tuple(result.case.id for result in run.results if result.passed)
        return Baseline({**self.floors, run.engine: floors}, {**self.must_pass, run.engine: passing})
