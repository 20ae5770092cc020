"""A hundred users with ten thousand tasks each on one server, of whom fifty are busy: on SQLite and on PostgreSQL.

One user is filled over HTTP; the others are copies of their rows, made in the database with ids of their own.
"""

import asyncio
import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Sequence

from benchmarks import load, tasks
from benchmarks.figures import Figure, Section, percentile
from benchmarks.hosts import POSTGRESQL, SQLITE, SYSTEMS, Host, running
from services.local import folder
from services.tasks.store.search import mark_of
from taskora.config import SERVER

USERS = 100
BUSY = 50
SECONDS = 30.0


def measure() -> Section:
    """Measure both systems one after the other."""
    figures: list[Figure] = []
    for system in SYSTEMS:
        figures += _measured(system)
    return Section(
        "Many users on one server",
        f"{USERS} users with {tasks.COUNT:,} tasks each, of whom {BUSY} work with pauses of 1 s on average; 4 reads to 1 "
        "write, over HTTP, durable commits.",
        tuple(figures),
    )


def _measured(system: str) -> Sequence[Figure]:
    with running(system, mode=SERVER) as (host, first):
        ids = asyncio.run(tasks.fill(first, user="user-0"))
        host.drain()
        host.stop()
        copy(host, system)
        os.sync()  # gigabytes of copied rows shall not be written while the answers wait for the disk
        record = host.start()
        busy = {f"user-{n}": [f"{one}-{n}" if n else one for one in ids[:200]] for n in range(BUSY)}
        load.put_crowd(record, busy, seconds=3, pause=1.0)  # warm
        took = load.put_crowd(record, busy, seconds=SECONDS, pause=1.0)
    return (
        Figure(f"{system}: P95", percentile(took.all, 0.95), "ms", 50),
        Figure(f"{system}: P50", percentile(took.all, 0.5), "ms"),
        Figure(f"{system}: P95 of reads", percentile(took.read, 0.95), "ms"),
        Figure(f"{system}: P95 of writes", percentile(took.write, 0.95), "ms"),
        Figure(f"{system}: operations", len(took.all) / took.seconds, "a second"),
    )


_IDS = {
    "tasks_task": ("id", "series_id", "predecessor_id", "caused_by", "completed_by", "next_task_id"),
    "tasks_series": ("id",),
    "tasks_tag": ("id",),
    "tasks_task_tag": ("task_id", "tag_id"),
    "tasks_user": (),
}
"""The tables that are copied, in an order that their references allow, and which of their columns hold ids."""
_ORDER = ("tasks_user", "tasks_series", "tasks_task", "tasks_tag", "tasks_task_tag")


def copy(host: Host, system: str) -> None:
    """Give every other user the rows of the first one."""
    run = {SQLITE: _on_sqlite, POSTGRESQL: _on_postgresql}[system]
    run(host, [statement for n in range(1, USERS) for statement in _statements(n, _columns(host, system))])


def _statements(number: int, columns: dict[str, list[str]]) -> list[str]:
    statements = []
    for table in _ORDER:
        names = ", ".join(f'"{name}"' for name in columns[table])
        values = ", ".join(_copied(table, name, number) for name in columns[table])
        where = (
            " WHERE user_id = 'user-0'"
            if "user_id" in columns[table]
            else " WHERE task_id IN (SELECT id FROM tasks_task WHERE user_id = 'user-0')"
        )
        statements.append(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}{where}")  # noqa: S608  our own words
    return statements


def _copied(table: str, name: str, number: int) -> str:
    if name == "user_id":
        return f"'user-{number}'"
    if name in _IDS[table]:
        return f"\"{name}\" || '-{number}'"
    if name == "shown":
        return f"replace(shown, id, id || '-{number}')"
    if name == "search_text":
        return f"replace(search_text, '{mark_of('user-0')}', '{mark_of(f'user-{number}')}')"
    return f'"{name}"'


def _columns(host: Host, system: str) -> dict[str, list[str]]:
    if system == SQLITE:
        with sqlite3.connect(folder.database(host.settings.data_dir)) as database:
            return {table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")] for table in _ORDER}
    query = "SELECT column_name FROM information_schema.columns WHERE table_name = '{}' AND is_generated = 'NEVER'"
    return {table: _psql(host, query.format(table)).split() for table in _ORDER}


def _on_sqlite(host: Host, statements: Sequence[str]) -> None:
    with contextlib.closing(sqlite3.connect(folder.database(host.settings.data_dir))) as database:
        database.execute("PRAGMA cache_size=-1000000")
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.execute("ANALYZE")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _on_postgresql(host: Host, statements: Sequence[str]) -> None:
    """Copy with the index of words away: it is made anew in a fraction of the time in which it would grow."""
    [index] = _psql(host, "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_tasks_task_search'").splitlines()
    work = ["DROP INDEX ix_tasks_task_search", *statements, "SET maintenance_work_mem = '1GB'", index, "ANALYZE"]
    _psql(host, ";\n".join(work))


def _psql(host: Host, words: str) -> str:
    command = ["psql", "-At", "-v", "ON_ERROR_STOP=1", "-d", str(host.settings.database_url)]
    return subprocess.run(command, input=words, capture_output=True, text=True, check=True).stdout
