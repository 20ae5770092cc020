"""Writes the schemas of all events to docs/events, one file per type, and the page that lists them.

Run as `python -m taskora.api.event_schemas [folder]`; a test fails when the folder says anything else than the code.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from taskora.domain.events import EVENT_TABLE
from taskora.domain.schemas import MEANINGS, schema_of

FOLDER = Path("docs/events")
_INTRODUCTION = """\
# Events

Every event is a [CloudEvents 1.0](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md) envelope in the JSON
event format. A type has its JSON Schema beside this page, in the version that `data.schema` names.

- `id` is fixed when the event is written, in the transaction of the change that it tells of. Events come at least once, under
  the same id, and in any order: a consumer notes the ids it has done, and looks at `data.task.version` where it copies state.
- `partitionkey` is the user's id and `data.audience` says who may see the event. `correlationid` and `traceparent`
  ([W3C Trace Context](https://www.w3.org/TR/trace-context/)) are those of the request that led to it.
- `data.sequence` numbers the changes of a user without a gap. Each has exactly one event on `task-events`; other topics carry
  copies of it under the same id.
- A consumer ignores members that it does not know. An event of an unknown type, or with a newer `data.schema`, goes to the
  dead letters and blocks nothing behind it; `taskora dead-letters list` shows it with the reason, and it can be replayed.
- Topics are named here by their roles; `TASKORA_TOPICS` gives a role another name at the broker.

This page and the schemas are written by `python -m taskora.api.event_schemas`.

| type | topics | schema | what it tells |
|---|---|---|---|
"""


def documents() -> Mapping[str, str]:
    """Return each file's name with its text."""
    pages = {
        f"{kind.value}.json": json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n" for kind in EVENT_TABLE
    }
    rows = [
        f"| [`{kind.value}`]({kind.value}.json) | {', '.join(f'`{topic.value}`' for topic in entry.topics)} "
        f"| {entry.schema_version} | {MEANINGS[kind]} |\n"
        for kind, entry in EVENT_TABLE.items()
    ]
    return {**pages, "README.md": _INTRODUCTION + "".join(rows)}


def write(folder: Path) -> None:
    """Make the folder hold these documents and no other."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = documents()
    for stray in folder.iterdir():
        if stray.name not in fresh:
            stray.unlink()
    for name, text in fresh.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
