"""A database comes to the schema of this version once, wholly or not at all, and never from a newer one."""

import importlib
import re
import sqlite3
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from taskora.domain.errors import NewerDatabase
from taskora.storage import migration
from taskora.storage.changes import change_table
from taskora.storage.columns import to_json
from taskora.storage.inbox import inbox_table
from taskora.storage.migration import current_revision, head_revision, migrate
from taskora.storage.outbox import outbox_table
from taskora.storage.sqlite import SqliteEngine

ROOT = Path(__file__).parents[2]


def schema(path: Path) -> dict[str, list[str]]:
    """Return each table's and index's definition, part by part, without regard to their order (an added column is last)."""
    other = sqlite3.connect(path)
    rows = other.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    other.close()
    return {
        name: sorted(part.strip().rstrip(",") for part in re.split(r"\n|,\s(?![^()]*\))", sql) if part.strip())
        for name, sql in rows
        if not name.startswith(("sqlite_", "alembic_"))
    }


def test_the_migrated_database_is_what_the_tables_say(tmp_path: Path) -> None:
    for folder in ("services", "taskora"):
        for file in (ROOT / folder).rglob("*.py"):
            if "table=True" in file.read_text():
                importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    for factory in (outbox_table, inbox_table, change_table):
        factory("tasks")
    engine = create_engine(f"sqlite:///{tmp_path}/declared.db")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    migrate(f"sqlite:///{tmp_path}/migrated.db")
    declared = schema(tmp_path / "declared.db")
    assert {"tasks_task", "tasks_outbox", "broker_delivery", "state_entry"} <= set(declared)
    assert schema(tmp_path / "migrated.db") == declared


def test_migrating_twice_changes_nothing(path: Path, url: str) -> None:
    other = sqlite3.connect(path)
    other.execute("INSERT INTO state_entry (key, value, etag) VALUES ('k', '1', '')")
    other.commit()
    before = schema(path)
    migrate(url)
    assert schema(path) == before
    assert other.execute("SELECT key FROM state_entry").fetchall() == [("k",)]
    other.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE state_entry (mine TEXT)")
    other.commit()
    with pytest.raises(Exception, match="state_entry"):
        migrate(f"sqlite:///{path}")
    assert list(schema(path)) == ["state_entry"]
    other.execute("DROP TABLE state_entry")
    other.close()
    migrate(f"sqlite:///{path}")
    assert "tasks_task" in schema(path)


def test_a_newer_database_is_refused_with_both_revisions_and_left_alone(path: Path, url: str) -> None:
    other = sqlite3.connect(path)
    other.execute("UPDATE alembic_version SET version_num = '0099'")
    other.commit()
    before = schema(path)
    with pytest.raises(NewerDatabase, match="0099") as caught:
        migrate(url)
    assert head_revision() in caught.value.detail
    assert schema(path) == before
    assert other.execute("SELECT version_num FROM alembic_version").fetchall() == [("0099",)]
    other.close()
    assert current_revision(url) == "0099"


def test_the_revision_is_told_before_and_after(path: Path) -> None:
    url = f"sqlite:///{path}"
    assert current_revision(url) is None
    migrate(url)
    assert current_revision(url) == head_revision()


def test_the_head_that_a_start_compares_with_is_the_head_of_the_history(path: Path) -> None:
    engine = SqliteEngine(f"sqlite:///{path}", wait=1, to_json=to_json)
    connection = engine.connect()
    assert ScriptDirectory.from_config(migration._config(connection)).get_heads() == [head_revision()]
    engine.close(connection)
