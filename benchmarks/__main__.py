"""`python -m benchmarks`: measure every figure and write docs/benchmarks.md. With names, measure those and only print them."""

import datetime as dt
import importlib
import os
import sys

from benchmarks import report

NAMES = ("understanding", "recurrence", "under_load", "one_client", "crowd", "delivery", "mcp_read", "start")


def main(names: list[str]) -> int:
    """Run the measurements one after the other."""
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
        return 2
    load = os.getloadavg()[0]
    sections = []
    for name in names or NAMES:
        print(f"measuring {name} …", file=sys.stderr)
        sections.append(importlib.import_module(f"benchmarks.{name}").measure())
    page = report.text(sections, load=load, taken=dt.datetime.now(tz=dt.UTC).date())
    print(page)
    if not names:
        report.PAGE.write_text(page, encoding="utf-8")
    missed = [figure.what for section in sections for figure in section.figures if figure.met is False]
    print(f"{len(missed)} missed: {'; '.join(missed)}" if missed else "every goal is met")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
