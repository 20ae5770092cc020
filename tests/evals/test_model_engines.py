"""The engines with a language model: recorded answers are played, and what a real one answers is written down."""

import asyncio
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.case import Dialogue, Moment, Phrase, Turn
from evals.engine import NoEngine
from evals.engines.model_door import open_door
from evals.engines.models import ModelEngine, ReplayEngine
from evals.engines.scripts import Player
from evals.form import Json
from evals.recordings import RecordingError, Recordings
from taskora.config import Settings

MOMENT = Moment(dt.datetime.fromisoformat("2026-11-18T10:15:00-05:00"), "America/New_York")
DENTIST = {"title": "dentist", "due": "2026-11-24T14:30"}


def case(name: str, say: str, **expect: object) -> Dialogue:
    return Dialogue(name, "tool_choice", MOMENT, (DENTIST,), (Turn(say, expect),))


def calls(tool: str, **arguments: object) -> Json:
    return {"calls": [{"name": tool, "arguments": arguments}]}


def recorded(name: str, *answers: Json) -> Recordings:
    return Recordings({(name, 1): answers})


def test_a_recorded_choice_is_carried_out_by_the_product() -> None:
    asked = case("a", "what is on tuesday?", tools=["get_overview"], tools_not=["find_tasks"], changed=0)
    engine = ReplayEngine(recorded("a", calls("get_overview"), {"text": "The dentist is on Tuesday."}))
    (result,) = engine.run([asked])
    assert result is not None
    assert result.passed, result.got


def test_a_tool_that_should_not_be_called_fails_the_case() -> None:
    asked = case("a", "what is on tuesday?", tools_not=["get_overview"])
    (result,) = ReplayEngine(recorded("a", calls("get_overview"), {"text": "Look."})).run([asked])
    assert result is not None
    assert result.verdict.failed == ("turn 1 tools_not",)


def test_a_date_that_the_model_worked_out_wrongly_loses_against_the_words() -> None:
    wrong = calls("reschedule_tasks", items=[{"task": "dentist", "when": "2026-11-21"}])
    asked = case("a", "move the dentist to friday", tasks=[{"title": "dentist", "due": "2026-11-20T14:30"}])
    (result,) = ReplayEngine(recorded("a", wrong, {"text": "Moved to Saturday."})).run([asked])
    assert result is not None
    assert result.passed, result.got


def test_what_was_not_recorded_is_skipped() -> None:
    phrase = Phrase("b", "date", MOMENT, "buy milk", {"intent": "add"})
    assert list(ReplayEngine(recorded("a", {"text": "Hi."})).run([phrase])) == [None]


def test_the_answers_of_a_model_are_written_down_and_can_be_played(tmp_path: Path) -> None:
    answers = (calls("get_overview"), {"text": "The dentist is on Tuesday."})
    asked = case("a", "what is on tuesday?", tools=["get_overview"])
    kept = tmp_path / "kept.jsonl"

    async def ask() -> None:
        script = Player(recorded("a", *answers))
        script.begin("a", 1)
        async with open_door(script) as url:
            settings = replace(Settings(model_name="m"), model_url=url, model_stream=False)
            (result,) = await asyncio.to_thread(lambda: list(ModelEngine(settings, kept).run([asked])))
            assert result is not None
            assert result.passed, result.got

    asyncio.run(ask())
    (result,) = ReplayEngine(Recordings.read(kept)).run([asked])
    assert result is not None
    assert result.passed, result.got


def test_without_a_model_the_engine_says_what_to_set(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(NoEngine, match="TASKORA_MODEL_URL"):
        ModelEngine.of({"TASKORA_MODEL_URL": "http://localhost:1/v1", "TASKORA_MODEL_NAME": ""})
    suite = tmp_path / "suite.jsonl"
    suite.write_text(
        '{"id": "a", "cat": "x", "now": "2026-11-18T10:15:00-05:00", "tz": "UTC", "turns": [{"say": "hi"}]}\n'
    )
    assert main(["run", "--suite", str(suite), "--engine", "llm"]) == 2
    assert "TASKORA_MODEL_NAME" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line", ["{", '{"case": "a", "turn": 1}', '{"case": "a", "turn": 1, "answers": [{"say": "hi"}]}']
)
def test_a_recording_that_cannot_be_read_is_an_error_that_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f"\n{line}\n")
    with pytest.raises(RecordingError, match=r"r\.jsonl:2"):
        Recordings.read(path)
