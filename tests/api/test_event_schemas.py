"""The schemas of events: complete, valid, and in docs/events as they are in the code."""

import json
from pathlib import Path

import jsonschema
import pytest

from taskora.api.event_schemas import documents, write
from taskora.domain.events import EVENT_TABLE, EventType, Topic
from taskora.domain.schemas import MEANINGS, schema_of

FOLDER = Path("docs/events")


def test_the_folder_says_what_the_code_says() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert written == documents(), "run `python -m taskora.api.event_schemas`"


def test_every_type_has_topics_a_meaning_and_a_schema() -> None:
    assert set(EVENT_TABLE) == set(MEANINGS) == set(EventType)
    assert all(entry.topics for entry in EVENT_TABLE.values())


@pytest.mark.parametrize("kind", EventType)
def test_every_schema_is_one(kind: EventType) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(kind))


def test_every_topic_has_an_event() -> None:
    assert {topic for entry in EVENT_TABLE.values() for topic in entry.topics} == set(Topic)


def test_writing_makes_the_folder_new(tmp_path: Path) -> None:
    (tmp_path / "task.gone.json").write_text("{}")
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {f"{kind.value}.json" for kind in EventType} | {"README.md"}
    assert json.loads((tmp_path / "task.created.json").read_text())["title"] == "task.created"
