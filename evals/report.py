"""Writes what a run came to: report.json, report.md, report.html and junit.xml in a folder, and the lines for the terminal.

The page for the browser is made in `page`, the one for CI servers in `junit`.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from evals.case import Case, Phrase
from evals.engine import Result
from evals.junit import as_junit
from evals.page import as_html
from evals.runner import Count, Run


def as_json(run: Run) -> dict[str, object]:
    """Return the report in its documented form."""
    return {
        "suite": run.suite,
        "engine": run.engine,
        "passed": run.count.passed,
        "total": run.count.total,
        "skipped": run.skipped,
        "cases": [_case_json(result) for result in run.results],
    }


def _case_json(result: Result) -> dict[str, object]:
    return {
        "id": result.case.id,
        "passed": result.passed,
        "expected": result.case.expect,
        "got": result.got,
        "failed_fields": list(result.verdict.failed),
    }


def write_reports(run: Run, folder: Path) -> None:
    """Write the report in its four forms into the folder, which is made when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(as_json(run), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "report.md").write_text(as_markdown(run), encoding="utf-8")
    (folder / "report.html").write_text(as_html(run), encoding="utf-8")
    (folder / "junit.xml").write_text(as_junit(run), encoding="utf-8")


def as_markdown(run: Run) -> str:
    """Return the report as a page: the counts, then each failure with what was expected and what was got."""
    lines = [f"# {run.suite}, engine {run.engine}", "", _headline(run), ""]
    lines += _table("category", run.by_category())
    lines += _table("field", run.by_field())
    failures = [result for result in run.results if not result.passed]
    if failures:
        lines += ["## Failures", ""]
    for result in failures:
        lines += _failure(result)
    return "\n".join(lines)


def as_lines(run: Run) -> str:
    """Return the counts and the failed ids as plain lines."""
    lines = [f"{run.suite} · engine {run.engine}: {_headline(run)}"]
    for title, counts in (("category", run.by_category()), ("field", run.by_field())):
        lines.append(f"  by {title}")
        lines += [f"    {name:<20} {count.passed:>4} of {count.total}" for name, count in counts.items()]
    failures = [result for result in run.results if not result.passed]
    if failures:
        lines.append("  failed")
    lines += [f"    {result.case.id:<20} {', '.join(result.verdict.failed)}" for result in failures]
    return "\n".join(lines) + "\n"


def _headline(run: Run) -> str:
    skipped = f", {run.skipped} skipped" if run.skipped else ""
    return f"{run.count.passed} of {run.count.total} passed ({run.count.share:.1%}){skipped}"


def _table(title: str, counts: Mapping[str, Count]) -> list[str]:
    rows = [f"| {name} | {count.passed} | {count.total} | {count.share:.1%} |" for name, count in counts.items()]
    return [f"| {title} | passed | total | |", "|---|---|---|---|", *rows, ""]


def _failure(result: Result) -> list[str]:
    return [
        f"### {result.case.id}: {', '.join(result.verdict.failed)}",
        "",
        f"{_words(result.case)}",
        "",
        f"- expected: `{json.dumps(result.case.expect, ensure_ascii=False)}`",
        f"- got: `{json.dumps(result.got, ensure_ascii=False)}`",
        "",
    ]


def _words(case: Case) -> str:
    words = case.text if isinstance(case, Phrase) else " / ".join(turn.say for turn in case.turns)
    return f"> {words!r} at {case.moment.now.isoformat()} in {case.moment.tz}"
