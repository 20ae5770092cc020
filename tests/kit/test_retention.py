"""What services forget after its time, and what they keep."""

import datetime as dt

import pytest
from sqlalchemy import text

from services.kit.retention import forget_seen
from taskora.storage import dead_letters
from taskora.storage.database import Database
from taskora.storage.dead_letters import DeadLetter
from taskora.storage.unit_of_work import UnitOfWork

pytestmark = pytest.mark.anyio


async def test_events_seen_long_ago_are_forgotten_and_dead_letters_stay(database_url: str) -> None:
    database = Database(database_url)
    letter = DeadLetter("worker", "task-events", "e1", "ann", "{}", "malformed")

    def work(unit: UnitOfWork) -> None:
        for name in ("old", "new"):
            assert unit.first_time("tasks", name, "task-events", "worker")
        dead_letters.keep(unit.connection, letter)
        for table, column in (("tasks_inbox", "seen_at"), ("broker_dead_letter", "died_at")):
            days = 31 * 24 * 3600
            unit.connection.execute(text(f"UPDATE {table} SET {column} = {column} - {days} WHERE event_id <> 'new'"))  # noqa: S608  our names

    await database.write(work)
    interval = forget_seen(database, "tasks", 30)
    assert (interval.name, interval.every) == ("tasks-inbox", dt.timedelta(hours=1))
    await interval.run()

    def again(unit: UnitOfWork) -> list[bool]:
        return [unit.first_time("tasks", name, "task-events", "worker") for name in ("old", "new")]

    assert await database.write(again) == [True, False]
    assert await database.read(dead_letters.count) == 1
    await database.close()
