"""Writes docs/benchmarks.md: the figures beside their goals, and the machine they were measured on."""

import datetime as dt
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, Section

PAGE = Path("docs/benchmarks.md")
DAPR = "\n<!-- from here on: make bench-dapr -->\n"


def write(page: str) -> None:
    """Write the page and keep the part that is measured on Dapr."""
    _, mark, on_dapr = _present().partition(DAPR)
    PAGE.write_text(page + mark + on_dapr, encoding="utf-8")


def write_dapr(part: str) -> None:
    """Write the part that is measured on Dapr and keep the rest of the page."""
    page, _, _ = _present().partition(DAPR)
    PAGE.write_text(page + DAPR + "\n" + part, encoding="utf-8")


def _present() -> str:
    return PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""


def text(sections: Sequence[Section], *, load: float, taken: dt.date, title: str, how: str) -> str:
    """Return a page, or a part of one under its own title."""
    lines = [
        title,
        "",
        how,
        "",
        f"- measured: {taken.isoformat()}",
        f"- machine: {os.cpu_count()} cores, {_processor()}, {platform.system()}, Python {platform.python_version()}",
        f"- load average when it began: {load:.1f}",
    ]
    for section in sections:
        lines += ["", f"## {section.title}", "", section.how, "", "| what | figure | goal | |", "|---|---|---|---|"]
        lines += [_row(figure) for figure in section.figures]
    return "\n".join(lines) + "\n"


def _row(figure: Figure) -> str:
    goal = "" if figure.limit is None else f"{'at least ' if figure.rate else ''}{_number(figure.limit)} {figure.unit}"
    met = {True: "met", False: "**missed**", None: ""}[figure.met]
    return f"| {figure.what} | {_number(figure.value)} {figure.unit} | {goal} | {met} |"


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0").rstrip(".") if value >= 1 else f"{value:.3g}"


def _processor() -> str:
    try:
        models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    except OSError:
        models = []
    return models[0].partition(":")[2].strip() if models else platform.processor() or platform.machine()
