"""`python -m benchmarks`: measure every figure and write docs/benchmarks.md. With names, measure those and only print them.

`python -m benchmarks dapr` measures the way of events on both hosts, one after the other, and writes that part of the page.
"""

import datetime as dt
import importlib
import os
import sys

from benchmarks import report

NAMES = ("understanding", "recurrence", "under_load", "one_client", "crowd", "delivery", "mcp_read", "doors", "start")

DAPR = ("delivery", "dapr_delivery")
WHOLE = ("# Benchmarks", "Written by `make bench`; goals are those of the design. Load and host share the machine.")
PART = ("# On Dapr", "Written by `make bench-dapr`: embedded and Dapr one after the other, on the same machine.")


def main(names: list[str]) -> int:
    """Run the measurements one after the other."""
    on_dapr = names == ["dapr"]
    names = list(DAPR) if on_dapr else names
    unknown = set(names) - set(NAMES) - set(DAPR)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; there are: {', '.join((*NAMES, 'dapr'))}")
        return 2
    load = os.getloadavg()[0]
    sections = []
    for name in names or NAMES:
        print(f"measuring {name} …", file=sys.stderr)
        sections.append(importlib.import_module(f"benchmarks.{name}").measure())
    title, how = PART if on_dapr else WHOLE
    page = report.text(sections, load=load, taken=dt.datetime.now(tz=dt.UTC).date(), title=title, how=how)
    print(page)
    if on_dapr:
        report.write_dapr(page)
    elif not names:
        report.write(page)
    missed = [figure.what for section in sections for figure in section.figures if figure.met is False]
    print(f"{len(missed)} missed: {'; '.join(missed)}" if missed else "every goal is met")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
