"""Run by `test_crash`: writes commands, tells each one that was confirmed, and stands still in the middle of the last."""

import asyncio
import sys
import threading

from sqlalchemy import text

from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork
from tests.storage.samples import LIMIT, add_user, numbered, put


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def half(unit: UnitOfWork) -> None:
    """Write all of a command, then wait for the end."""
    put(unit, "half")
    numbered(unit)
    unit.flush()
    unit.connection.execute(text("UPDATE tasks_user SET task_number = task_number + 1"))
    tell("in the middle")
    assert not threading.Event().wait(LIMIT)


async def main(url: str) -> None:
    database = Database(url)
    await database.write(add_user)
    for _ in range(5):
        tell(str(await database.write(numbered)))
    await database.write(half)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
