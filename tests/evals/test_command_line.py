"""`python -m evals run`, as people start it: what it prints, writes and exits with. The reader that answers is the real one."""

import json
from pathlib import Path

import pytest

from evals.__main__ import main

MOMENT = {"now": "2026-11-18T10:15:00-05:00", "tz": "America/New_York"}
RIGHT = {
    **MOMENT,
    "id": "a",
    "cat": "date",
    "text": "pay rent tomorrow",
    "expect": {"intent": "add", "title": "pay rent", "due": "2026-11-19"},
}
WRONG = {**RIGHT, "id": "b", "expect": {"intent": "add", "title": "pay rent", "due": "2026-11-20"}}
TALK = {**MOMENT, "id": "t", "cat": "dialogue", "turns": [{"say": "hello"}]}


def suite(folder: Path, *cases: object) -> list[str]:
    path = folder / "own.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in cases))
    return ["run", "--suite", str(path)]


def test_a_suite_that_passes_exits_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(suite(tmp_path, RIGHT)) == 0
    assert "1 of 1 passed" in capsys.readouterr().out


def test_a_failing_case_exits_with_1_unless_told_not_to_fail(tmp_path: Path) -> None:
    assert main(suite(tmp_path, RIGHT, WRONG)) == 1
    assert main([*suite(tmp_path, RIGHT, WRONG), "--no-fail"]) == 0


def test_a_suite_that_cannot_be_read_exits_with_2_and_names_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*suite(tmp_path, RIGHT, {**WRONG, "tz": "Nowhere"}), "--no-fail"]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("own.jsonl:2: ")
    assert printed.out == ""


def test_dialogues_are_skipped_by_the_parser_and_counted(tmp_path: Path) -> None:
    assert main([*suite(tmp_path, RIGHT, TALK), "--out", str(tmp_path / "out")]) == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert (report["passed"], report["total"], report["skipped"]) == (1, 1, 1)
    assert (report["suite"], report["engine"]) == ("own.jsonl", "parser")


def test_the_report_shows_what_was_understood_in_the_form_of_the_case(tmp_path: Path) -> None:
    main([*suite(tmp_path, WRONG), "--out", str(tmp_path / "out")])
    (case,) = json.loads((tmp_path / "out" / "report.json").read_text())["cases"]
    assert case == {
        "id": "b",
        "passed": False,
        "expected": WRONG["expect"],
        "got": {"intent": "add", "title": "pay rent", "due": "2026-11-19"},
        "failed_fields": ["due"],
    }


def test_a_preference_that_there_is_not_fails_its_case_by_name(tmp_path: Path) -> None:
    assert main([*suite(tmp_path, {**RIGHT, "prefs": {"mood": "good"}}), "--out", str(tmp_path)]) == 1
    (case,) = json.loads((tmp_path / "report.json").read_text())["cases"]
    assert case["failed_fields"] == ["prefs"]
    assert "mood" in case["got"]["error"]


def test_the_preferences_of_a_case_are_those_of_the_person(tmp_path: Path) -> None:
    swapped = {**RIGHT, "text": "pay rent 3/8/2027", "prefs": {"date_order": "dmy"}}
    day_first = {**swapped, "expect": {"intent": "add", "title": "pay rent", "due": "2027-08-03"}}
    assert main(suite(tmp_path, day_first)) == 0
