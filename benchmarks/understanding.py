"""How long the reader takes for a line: every phrase of the evaluation suite, several times over."""

import datetime as dt
import json
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, Section, percentile
from taskora.domain.preferences import Preferences
from taskora.nlu.reader import read_line
from taskora.nlu.reading import Context

ROUNDS = 5


def measure() -> Section:
    """Measure each line by itself; the first round warms up and does not count."""
    lines = list(_lines())
    took = []
    for turn in range(ROUNDS + 1):
        for text, context in lines:
            begun = time.perf_counter()
            read_line(text, context)
            if turn:
                took.append((time.perf_counter() - begun) * 1000)
    return Section(
        "Understanding a line",
        f"`read_line` over the {len(lines)} phrases of evals/cases, {ROUNDS} rounds, in this process.",
        (
            Figure("P50", percentile(took, 0.5), "ms", 0.3),
            Figure("P99", percentile(took, 0.99), "ms", 3),
            Figure("longest", max(took), "ms"),
        ),
    )


def _lines() -> Iterator[tuple[str, Context]]:
    for path in sorted(Path("evals/cases").glob("*.jsonl")):
        for line in path.read_text().splitlines():
            case = json.loads(line)
            if "text" in case:
                yield case["text"], Context(dt.datetime.fromisoformat(case["now"]), Preferences(zone=case["tz"]))
