"""How long the reader takes for a line: every phrase of the evaluation suite, several times over.

Processor time is measured, not the clock on the wall: a machine that does other things as well does not change it.
"""

import datetime as dt
import json
import subprocess
import sys
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
            begun = time.process_time_ns()
            read_line(text, context)
            if turn:
                took.append((time.process_time_ns() - begun) / 1e6)
    return Section(
        "Understanding a line",
        f"`read_line` over the {len(lines)} phrases of evals/cases, {ROUNDS} rounds, in processor time of this process.",
        (
            Figure("P50", percentile(took, 0.5), "ms", 0.3),
            Figure("P99", percentile(took, 0.99), "ms", 3),
            Figure("longest", max(took), "ms"),
            Figure("import of the reader", _import_time(), "ms"),
        ),
    )


def _import_time() -> float:
    """Return the milliseconds of processor time that the import takes in a new process."""
    code = "import time; t = time.process_time(); import taskora.nlu.reader; print(time.process_time() - t)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout) * 1000


def _lines() -> Iterator[tuple[str, Context]]:
    for path in sorted(Path("evals/cases").glob("*.jsonl")):
        for line in path.read_text().splitlines():
            case = json.loads(line)
            if "text" in case:
                yield case["text"], Context(dt.datetime.fromisoformat(case["now"]), Preferences(zone=case["tz"]))
