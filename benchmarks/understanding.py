"""How long the reader takes for a line: every phrase of the evaluation suite, several times over; and beside two libraries.

Processor time is measured, not the clock on the wall: a machine that does other things as well does not change it.
"""

import datetime as dt
import json
import logging
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Section, percentile
from benchmarks.other_readers import READERS, Due, Reader
from taskora.domain.preferences import Preferences
from taskora.nlu.reader import read_line
from taskora.nlu.reading import Context

ROUNDS = 5
_DATED = ("date", "time")
_FRIENDS = "friend"
Phrase = tuple[str, Context, tuple[Due, ...]]
Case = dict[str, Any]


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
        f"`read_line` over the {len(lines)} phrases of evals/cases, {ROUNDS} rounds, in processor time of this process. Beside"
        " dateparser and recurrent: the due of each phrase of the slices date and time, and the phrases of the slice friend.",
        (
            Figure("P50", percentile(took, 0.5), "ms", 0.3),
            Figure("P99", percentile(took, 0.99), "ms", 3),
            Figure("longest", max(took), "ms"),
            Figure("import of the reader", _import_time(), "ms"),
            *(figure for name, reader in READERS.items() for figure in _compared(name, reader)),
        ),
    )


def _compared(name: str, reader: Reader) -> Iterator[Figure]:
    """Yield how many dues a reader gets right, how many false friends it takes for a date, and its time for a line."""
    dated = [phrase for slice_ in _DATED for phrase in _phrases(slice_) if phrase[2]]
    friends = [phrase for phrase in _phrases(_FRIENDS) if not phrase[2]]
    took: list[float] = []
    right = sum(_right(_asked(reader, phrase, took), phrase[2]) for phrase in dated)
    wrong = sum(_asked(reader, phrase, took) is not None for phrase in friends)
    yield Figure(f"{name}: dues right of {len(dated)}", 100 * right / len(dated), "%")
    yield Figure(f"{name}: false friends taken of {len(friends)}", wrong, "")
    yield Figure(f"{name}: P50 of these", percentile(took, 0.5), "ms")


def _asked(reader: Reader, phrase: Phrase, took: list[float]) -> Due | None:
    """Ask a reader; what raises an error has found nothing."""
    text, context, _ = phrase
    begun = time.process_time_ns()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return reader(text, context)
    except Exception:  # noqa: BLE001  a library that fails on a phrase has not read it
        logging.getLogger(__name__).debug("no reading of %s", text)
        return None
    finally:
        took.append((time.process_time_ns() - begun) / 1e6)


def _right(got: Due | None, wanted: tuple[Due, ...]) -> bool:
    """Compare days, and times where one is expected: of a whole day a library may give any time."""
    return got is not None and any(got[0] == day and (clock is None or got[1] == clock) for day, clock in wanted)


def _phrases(slice_: str) -> Iterator[Phrase]:
    for case in _cases(Path(f"evals/cases/{slice_}.jsonl")):
        expected = case["expect"]
        if case.get("prefs") or case.get("locale") or expected.get("intent") != "add":
            continue
        dues = [expected["due"], *expected.get("due_alt", ())] if expected.get("due") else []
        yield case["text"], _context(case), tuple(_due(one) for one in dues if one is not None)


def _due(text: str) -> Due:
    day, _, clock = text.partition("T")
    return dt.date.fromisoformat(day), dt.time.fromisoformat(clock) if clock else None


def _import_time() -> float:
    """Return the milliseconds of processor time that the import takes in a new process."""
    code = "import time; t = time.process_time(); import taskora.nlu.reader; print(time.process_time() - t)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout) * 1000


def _lines() -> Iterator[tuple[str, Context]]:
    for path in sorted(Path("evals/cases").glob("*.jsonl")):
        for case in _cases(path):
            if "text" in case:
                yield case["text"], _context(case)


def _cases(path: Path) -> Iterator[Case]:
    for line in path.read_text().splitlines():
        yield json.loads(line)


def _context(case: Case) -> Context:
    return Context(dt.datetime.fromisoformat(case["now"]), Preferences(zone=case["tz"]))
