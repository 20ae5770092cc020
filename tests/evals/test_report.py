"""Counts, reports and the baseline, over a run that is put together by hand."""

import datetime as dt
import json
from pathlib import Path
from xml.etree import ElementTree as ET

from evals.baseline import Baseline
from evals.case import Moment, Phrase
from evals.engine import Result
from evals.page import as_html
from evals.report import as_lines, as_markdown, write_reports
from evals.runner import Count, Run, field_name
from evals.scorers import Verdict

MOMENT = Moment(dt.datetime(2026, 11, 18, 15, 15, tzinfo=dt.UTC), "America/New_York")


def result(name: str, cat: str, *failed: str) -> Result:
    case = Phrase(name, cat, MOMENT, f"the words of {name}", {"intent": "add", "title": "x"})
    return Result(case, {"intent": "add", "title": "y"}, Verdict(("intent", "title", "commands[1].due"), failed))


RUN = Run(
    "own.jsonl",
    "parser",
    (result("d-1", "date"), result("d-2", "date", "title"), result("r-1", "rule", "commands[1].due", "title")),
    skipped=2,
)


def test_a_run_counts_cases_by_category_and_judgements_by_field() -> None:
    assert RUN.count == Count(1, 3)
    assert RUN.by_category() == {"date": Count(1, 2), "rule": Count(0, 1)}
    assert RUN.by_field() == {"due": Count(2, 3), "intent": Count(3, 3), "title": Count(1, 3)}


def test_a_field_has_one_name_wherever_it_stands() -> None:
    assert [field_name(name) for name in ("due", "commands[1].due", "turn 2 tasks", "commands")] == [
        "due",
        "due",
        "tasks",
        "commands",
    ]


def test_the_json_report_has_its_documented_form(tmp_path: Path) -> None:
    write_reports(RUN, tmp_path / "new")
    report = json.loads((tmp_path / "new" / "report.json").read_text())
    assert {key: report[key] for key in report if key != "cases"} == {
        "suite": "own.jsonl",
        "engine": "parser",
        "passed": 1,
        "total": 3,
        "skipped": 2,
    }
    assert report["cases"][1] == {
        "id": "d-2",
        "passed": False,
        "expected": {"intent": "add", "title": "x"},
        "got": {"intent": "add", "title": "y"},
        "failed_fields": ["title"],
    }


def test_the_page_and_the_lines_name_counts_and_failures() -> None:
    page, lines = as_markdown(RUN), as_lines(RUN)
    for text in (page, lines):
        assert "1 of 3 passed (33.3%), 2 skipped" in text
        assert "d-2" in text
        assert "d-1" not in text
    assert "the words of r-1" in page
    assert "| rule | 0 | 1 | 0.0% |" in page
    assert any(line.split() == ["date", "1", "of", "2"] for line in lines.splitlines())


def test_the_page_for_a_browser_shows_expected_beside_got_and_marks_the_spans() -> None:
    case = Phrase("f-1", "date", MOMENT, "pay <rent> on friday at 5pm #home", {"intent": "add", "title": "x"})
    page = as_html(
        Run("own.jsonl", "parser", (Result(case, {"title": "y"}, Verdict(("title",), ("title",))),), skipped=0)
    )
    assert "pay &lt;rent&gt;" in page
    assert '<mark class="date" title="date"> on friday </mark>' in page
    assert '<mark class="tag" title="tag">#home</mark>' in page
    assert page.index("expected<pre>") < page.index("got<pre>")
    assert "<script" not in page


def test_the_report_for_ci_holds_a_case_each_with_its_failure(tmp_path: Path) -> None:
    write_reports(RUN, tmp_path)
    root = ET.fromstring((tmp_path / "junit.xml").read_text())  # noqa: S314  what we wrote ourselves
    assert root.attrib["tests"] == "3"
    assert root.attrib["failures"] == "2"
    failed = {case.attrib["name"]: case.find("failure") for case in root.iter("testcase")}
    assert [name for name, failure in failed.items() if failure is not None] == ["d-2", "r-1"]


def test_a_slice_below_its_floor_is_a_fault_and_a_single_failure_is_none() -> None:
    held = Baseline({"parser": {"date": 0.5, "rule": 0.0}})
    assert held.faults(RUN) == []
    raised = Baseline({"parser": {"date": 0.6, "rule": 0.0}})
    assert raised.faults(RUN) == ["parser date: 1 of 2 is below the floor of 60%"]


def test_a_slice_without_a_floor_is_a_fault() -> None:
    assert Baseline({"parser": {"date": 0.5}}).faults(RUN) == ["parser rule: no floor is set"]


def test_a_case_of_the_baseline_that_fails_or_is_gone_is_a_fault() -> None:
    floors = {"parser": {"date": 0.0, "rule": 0.0}}
    assert Baseline(floors, {"parser": ("d-1",), "agent": ("d-2",)}).faults(RUN) == []
    assert Baseline(floors, {"parser": ("d-1", "d-2", "x-9")}).faults(RUN) == [
        "parser x-9: is in the baseline but not in the suite",
        "parser d-2: passed before and fails now",
    ]


def test_a_slice_at_a_hundred_per_cent_keeps_room_for_new_cases() -> None:
    perfect = Run("own.jsonl", "parser", (result("d-1", "date"),), skipped=0)
    assert Baseline().raised_to(perfect).floors == {"parser": {"date": 0.98}}


def test_a_recorded_baseline_holds_what_was_reached_and_never_lowers_a_floor(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    old = Baseline({"parser": {"date": 0.9}, "agent": {"date": 1.0}}, {"agent": ("d-1",)})
    old.raised_to(RUN).write(path)
    new = Baseline.read(path)
    assert new.floors == {"parser": {"date": 0.9, "rule": 0.0}, "agent": {"date": 1.0}}
    assert new.must_pass == {"parser": ("d-1",), "agent": ("d-1",)}
    assert Baseline.read(tmp_path / "none.json") == Baseline()
