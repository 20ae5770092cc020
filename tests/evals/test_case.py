"""The strict reading of suites: what does not have the form is refused with its line."""

import datetime as dt
import json
from pathlib import Path

import pytest

from evals.__main__ import own_cases
from evals.case import Dialogue, Phrase, SuiteError, read_suite

PHRASE: dict[str, object] = {
    "id": "d-001",
    "cat": "date",
    "now": "2026-11-18T10:15:00-05:00",
    "tz": "America/New_York",
    "text": "pay rent on the 1st",
    "expect": {"intent": "add", "title": "pay rent", "due": "2026-12-01"},
}
DIALOGUE: dict[str, object] = {
    "id": "t-004",
    "cat": "dialogue",
    "now": "2026-11-18T10:15:00-05:00",
    "tz": "America/New_York",
    "tasks": [{"title": "dentist", "due": "2026-11-24T14:30"}, {"title": "dentist bill", "priority": "high"}],
    "turns": [
        {"say": "move the dentist thing to friday", "expect": {"asks": True}},
        {"say": "undo", "wait": "PT2M", "expect": {"tasks": [{"title": "dentist"}], "reply": ["Tue"]}},
    ],
}


def suite(folder: Path, *cases: object) -> Path:
    path = folder / "suite.jsonl"
    path.write_text("\n".join(json.dumps(case) if not isinstance(case, str) else case for case in cases))
    return path


def expecting(**expect: object) -> dict[str, object]:
    return {**PHRASE, "expect": expect}


def test_a_phrase_is_read_with_its_moment_and_expectation(tmp_path: Path) -> None:
    (case,) = read_suite(suite(tmp_path, {**PHRASE, "locale": "de", "prefs": {"week_start": "sunday"}}))
    assert isinstance(case, Phrase)
    assert (case.id, case.cat, case.text) == ("d-001", "date", "pay rent on the 1st")
    assert case.moment.now == dt.datetime.fromisoformat("2026-11-18T15:15:00+00:00")
    assert (case.moment.tz, case.moment.locale) == ("America/New_York", "de")
    assert case.moment.prefs == {"week_start": "sunday"}


def test_a_dialogue_is_read_with_its_tasks_turns_and_waits(tmp_path: Path) -> None:
    (case,) = read_suite(suite(tmp_path, DIALOGUE))
    assert isinstance(case, Dialogue)
    assert [task["title"] for task in case.tasks] == ["dentist", "dentist bill"]
    assert [turn.wait for turn in case.turns] == [dt.timedelta(0), dt.timedelta(minutes=2)]


def test_blank_lines_are_passed_over_but_counted(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"suite\.jsonl:3: "):
        read_suite(suite(tmp_path, PHRASE, "", "{"))


@pytest.mark.parametrize("key", ["due", "filter", "reminders", "title", "intent", "needs_confirmation", "changes"])
def test_an_alternative_may_stand_beside_any_key(tmp_path: Path, key: str) -> None:
    values = {
        "due": ["2026-12-01", None],
        "filter": [{"overdue": True}],
        "reminders": [["-PT30M"]],
        "title": ["rent"],
        "intent": ["clarify"],
        "needs_confirmation": [True],
        "changes": [{"due": None, "due_alt": ["2026-12-01"]}],
    }
    (case,) = read_suite(suite(tmp_path, expecting(intent="add", **{f"{key}_alt": values[key]})))
    assert case.expect[f"{key}_alt"] == values[key]


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("not json", "no JSON"),
        ("[1]", "an object is needed"),
        ({**PHRASE, "extra": 1}, "unknown key 'extra'"),
        ({**PHRASE, "text_alt": ["x"]}, "unknown key 'text_alt'"),
        ({key: value for key, value in PHRASE.items() if key != "now"}, "now is missing"),
        ({key: value for key, value in PHRASE.items() if key != "expect"}, "expect is missing"),
        ({**PHRASE, "id": 7}, "id: a text is needed"),
        ({**PHRASE, "now": "2026-11-18T10:15:00"}, "has no offset"),
        ({**PHRASE, "now": "soon"}, "no ISO 8601 instant"),
        ({**PHRASE, "tz": "Mars/Olympus"}, "unknown zone 'Mars/Olympus'"),
        ({**PHRASE, "tz": "../etc/passwd"}, "unknown zone"),
        ({**PHRASE, "prefs": ["week_start"]}, "prefs: an object is needed"),
        ({**PHRASE, "turns": []}, "unknown key"),
        (expecting(intent="addd"), "'addd' is none of add, list"),
        (expecting(intent="add", titel="x"), "unknown key 'titel'"),
        (expecting(intent="add", due="tomorrow"), "due: a day YYYY-MM-DD"),
        (expecting(intent="add", due="2026-02-30"), "due: "),
        (expecting(intent="add", due="2026-11-18T10:15:00"), "due: a day"),
        (expecting(intent="add", due_alt="2026-11-18"), "due_alt: a list is needed"),
        (expecting(intent="add", due_alt=["soon"]), "due_alt: a day"),
        (expecting(intent="add", rrule="every day"), "no RFC 5545 rule"),
        (expecting(intent="add", rrule="FREQ=SOMETIMES"), "no RFC 5545 rule"),
        (expecting(intent="add", rrule="FREQ=DAILY;UNTIL=june"), "no RFC 5545 rule"),
        (expecting(intent="add", rrules="FREQ=DAILY"), "rrules: a list is needed"),
        (expecting(intent="add", priority="p1"), "'p1' is none of low"),
        (expecting(intent="add", tags="work"), "tags: a list is needed"),
        (expecting(intent="add", tags=[1]), "tags: a text is needed"),
        (expecting(intent="add", reminders=["30 minutes"]), "no ISO 8601 duration"),
        (expecting(intent="add", reminders=["-P1M"]), "no ISO 8601 duration"),
        (expecting(intent="add", duration_min="45"), "duration_min: a whole number"),
        (expecting(intent="add", duration_min=True), "duration_min: a whole number"),
        (expecting(intent="add", needs_confirmation="yes"), "true or false"),
        (expecting(intent="list", filter={"due": "2026-11-18"}), "filter: unknown key 'due'"),
        (expecting(intent="list", filter={"status": "done"}), "'done' is none of"),
        (expecting(intent="update", changes={"tag_add": ["x"]}), "changes: unknown key 'tag_add'"),
        (expecting(commands=[]), "at least one command"),
        (expecting(commands=[{"intent": "add", "x": 1}]), "unknown key 'x'"),
        (expecting(commands=[{"intent": "add"}], intent="add"), "unknown key 'intent'"),
        ('{"id": "a", "id": "b"}', "a key stands twice"),
        ({**DIALOGUE, "turns": [{"say": "hi", "expects": {}}]}, "turn 1: unknown key 'expects'"),
        ({**DIALOGUE, "turns": [{"expect": {}}]}, "turn 1: say is missing"),
        ({**DIALOGUE, "turns": [{"say": "hi", "wait": "2 minutes"}]}, "no ISO 8601 duration"),
        ({**DIALOGUE, "turns": [{"say": "hi", "wait": "-PT2M"}]}, "time moves forward"),
        ({**DIALOGUE, "turns": [{"say": "hi", "expect": {"reply": "Fri"}}]}, "reply: a list is needed"),
        ({**DIALOGUE, "turns": [{"say": "hi", "expect": {"tasks": [{"name": "x"}]}}]}, "unknown key 'name'"),
        ({**DIALOGUE, "turns": [{"say": "hi", "expect": {"tasks": [{}]}}]}, "needs a key"),
        ({**DIALOGUE, "turns": "hi"}, "turns are lists"),
        ({**DIALOGUE, "turns": []}, "at least one"),
        ({**DIALOGUE, "tasks": [{"due": "2026-11-18"}]}, "task 1: title is missing"),
        ({**DIALOGUE, "tasks": [{"title": "x", "status": "gone"}]}, "'gone' is none of open"),
        ({**DIALOGUE, "text": "hi"}, "unknown key 'text'"),
    ],
)
def test_what_does_not_have_the_form_is_refused_with_its_line(tmp_path: Path, fault: object, message: str) -> None:
    with pytest.raises(SuiteError) as refused:
        read_suite(suite(tmp_path, PHRASE, fault))
    assert str(refused.value).startswith("suite.jsonl:2: ")
    assert message in str(refused.value)


def test_every_line_at_fault_is_named(tmp_path: Path) -> None:
    with pytest.raises(SuiteError) as refused:
        read_suite(suite(tmp_path, "{", PHRASE, {**PHRASE, "tz": "Nowhere"}))
    assert [line.split(":")[1] for line in str(refused.value).splitlines()] == ["1", "3"]


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"suite\.jsonl:2: id 'd-001' was used in line 1"):
        read_suite(suite(tmp_path, PHRASE, PHRASE))


def test_a_file_that_is_missing_empty_or_no_text_is_refused(tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty.jsonl", tmp_path / "binary.jsonl"
    empty.write_text("\n")
    binary.write_bytes(b"\xff\xfe\x00")
    for path, message in (
        (tmp_path / "none.jsonl", "cannot be read"),
        (empty, "no case"),
        (binary, "cannot be read"),
    ):
        with pytest.raises(SuiteError, match=message):
            read_suite(path)


def test_our_own_cases_have_the_form_and_ids_of_their_own() -> None:
    cases = own_cases()
    assert sum(isinstance(case, Phrase) for case in cases) >= 250
    assert sum(isinstance(case, Dialogue) for case in cases) >= 25


def test_an_id_used_in_two_of_our_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(json.dumps(PHRASE))
    with pytest.raises(SuiteError, match=r"b\.jsonl: id 'd-001' is used in another file"):
        own_cases(tmp_path)
