"""The figures that requirements name are measured (`make bench`, `make bench-dapr`), and what was measured keeps within them.

Speed is never asserted where it depends on the machine of the moment; the page that the benchmarks write is what is held.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs").glob("benchmarks*.md"))
ROW = re.compile(r"^\| (?P<what>[^|]+) \| (?P<value>[\d.,]+) (?P<unit>[^|]+?) \|", re.MULTILINE)
MILLISECONDS = {"ms": 1.0, "s": 1000.0}


def figures() -> Sequence[tuple[str, float]]:
    """Return what was measured in units of time, in milliseconds."""
    rows = [row for page in PAGES for row in ROW.finditer(page.read_text(encoding="utf-8"))]
    return [
        (row["what"].strip(), float(row["value"].replace(",", "")) * MILLISECONDS[row["unit"].strip()])
        for row in rows
        if row["unit"].strip() in MILLISECONDS
    ]


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        pytest.param(r"commit to broker, P99", 100.0, marks=pytest.mark.requirement("R-059"), id="R-059"),
        pytest.param(
            r"(completion to next task|consumer.*), P99", 1000.0, marks=pytest.mark.requirement("R-060"), id="R-060"
        ),
    ],
)
def test_what_was_measured_keeps_within_the_requirement(what: str, limit: float) -> None:
    measured = {name: value for name, value in figures() if re.search(what, name)}
    assert measured, f"nothing measured like {what}"
    assert all(value <= limit for value in measured.values()), measured
