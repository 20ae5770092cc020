"""A figure: what was measured, under which conditions, and whether it reaches its goal (DESIGN §9)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `limit` is its goal: not more than that, or not less for a `rate`."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    rate: bool = False

    @property
    def met(self) -> bool | None:
        """Tell whether the goal is reached; None when there is none."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.rate else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one measurement, with a sentence on how it was made."""

    title: str
    how: str
    figures: tuple[Figure, ...]


def percentile(values: Sequence[float], part: float) -> float:
    """Return the smallest value that `part` of the values (0 to 1) do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(part * len(ordered)) - 1))]
