"""Measures the ways in which the database could be reached; the choice is docs/decisions/0001.

50 clients without pauses, 4 reads (list 50 open tasks by due) to 1 write (task, change, two outbox rows and the counter in one
transaction), over 10,000 tasks, SQLite with synchronous=FULL. The prototypes take turns, so that the noise of the machine falls
on all alike: figures are medians over the turns, ratios are taken within each turn. Then the same page is read by one thread in
four ways, to see what a layer costs. Run `python -m benchmarks.database_access`; the last two ways need aiosqlite.
"""

import argparse
import asyncio
import importlib.util
import itertools
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from benchmarks.database_ways import (
    CORE_PAGE,
    ORM_PAGE,
    PAGE,
    PROTOTYPES,
    TASKS,
    USER,
    CoreInThreads,
    CoreOnTheLoop,
    Prototype,
    task_values,
)
from services.tasks.store.tables import task_table, user_table
from taskora.storage.columns import to_json
from taskora.storage.migration import migrate
from taskora.storage.sqlite import SqliteEngine

CLIENTS = 50


def busy(milliseconds: float) -> None:
    """Use the processor for Python, as a request does before and after it reaches the database."""
    end = time.thread_time() + milliseconds / 1000
    while time.thread_time() < end:
        pass


async def turn(make: Callable[[str], Prototype], url: str, seconds: float, around: float) -> dict[str, float]:
    """Let 50 clients work for a while; return operations a second, processor time of one, and latencies, in milliseconds."""
    prototype = make(url)
    numbers = itertools.count(int(time.time() * 1000))
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(10):
        await asyncio.gather(prototype.read(), prototype.write(next(numbers)))
    end = time.perf_counter() + seconds

    async def client(first: int) -> None:
        for step in itertools.count(first):
            begin = time.perf_counter()
            if begin > end:
                return
            writes = step % 5 == 0
            busy(around)
            if writes:
                await prototype.write(next(numbers))
            elif await prototype.read() != PAGE:
                raise AssertionError("a page has fifty tasks")
            times[writes].append((time.perf_counter() - begin) * 1000)

    begin, processor = time.perf_counter(), time.process_time()
    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    took, used = time.perf_counter() - begin, time.process_time() - processor
    await prototype.close()
    operations = len(times[True]) + len(times[False])
    figures = {"op/s": operations / took, "cpu": used * 1000 / operations}
    for name, values in (("read", times[False]), ("write", times[True])):
        percentiles = statistics.quantiles(values, n=20)
        figures |= {f"{name} p50": percentiles[9], f"{name} p95": percentiles[18]}
    return figures


def layers(url: str, seconds: float) -> dict[str, float]:
    """Return the microseconds that one thread needs to read the page, by layer; the ways take turns."""
    engine = SqliteEngine(url, wait=5, to_json=to_json)
    connection = engine.connect()
    driver: Any = connection.connection.driver_connection
    text = str(CORE_PAGE.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    session = Session(bind=connection)

    def orm() -> Sequence[Any]:
        session.expunge_all()
        return session.exec(ORM_PAGE).all()

    ways: dict[str, Callable[[], Sequence[Any]]] = {
        "sqlite3, values as stored": lambda: driver.execute(text).fetchall(),
        "Core, the text by hand": lambda: connection.exec_driver_sql(text).all(),
        "Core, the page's statement": lambda: connection.execute(CORE_PAGE).all(),
        "ORM, the same Session": orm,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, way in ways.items():
            begin = time.perf_counter()
            way()
            times[name].append((time.perf_counter() - begin) * 1e6)
    engine.close(connection)
    return {name: statistics.median(values) for name, values in times.items()}


async def hops(url: str, seconds: float) -> dict[str, tuple[float, float]]:
    """Read the page on the event loop and in a thread; return p50 of one client in µs and pages/s of 50 clients."""
    here: Prototype = CoreOnTheLoop(url)
    there: Prototype = CoreInThreads(url)
    found: dict[str, list[tuple[float, float]]] = {"on the event loop": [], "in a thread": []}
    for _ in range(5):
        for name, way in zip(found, (here, there), strict=True):
            alone: list[float] = []
            end = time.perf_counter() + seconds / 10
            while (begin := time.perf_counter()) < end:
                await way.read()
                alone.append((time.perf_counter() - begin) * 1e6)
            begin = time.perf_counter()
            for _ in range(4):
                await asyncio.gather(*(way.read() for _ in range(CLIENTS)))
            found[name].append((statistics.median(alone), 4 * CLIENTS / (time.perf_counter() - begin)))
    await here.close()
    await there.close()
    return {name: (statistics.median(a for a, _ in v), statistics.median(b for _, b in v)) for name, v in found.items()}


def prepare(folder: Path) -> Path:
    """Make a database of 10,000 open tasks."""
    path = folder / "prepared.db"
    migrate(f"sqlite:///{path}")
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(sa.insert(user_table), {"user_id": USER, "sequence": 0, "task_number": 0, "preferences": {}})
        connection.execute(sa.insert(task_table), [task_values(number) for number in range(TASKS)])
    engine.dispose()
    return path


def compare(prepared: Path, turns: int, seconds: float, around: float) -> None:
    """Run the prototypes in turns and print the table."""
    urls = {}
    for number, name in enumerate(PROTOTYPES):
        copy = prepared.with_name(f"copy{number}.db")
        shutil.copy(prepared, copy)
        urls[name] = f"sqlite:///{copy}"
    results: dict[str, list[dict[str, float]]] = {name: [] for name in PROTOTYPES}
    for _ in range(turns):
        for name, make in PROTOTYPES.items():
            results[name].append(asyncio.run(turn(make, urls[name], seconds, around)))
    first = next(iter(results.values()))
    print(f"\nWith {around:g} ms of Python around each operation:\n")
    print(
        "| way | op/s | ratio | processor ms per op | read p50 / p95 ms | write p50 / p95 ms |\n|---|---|---|---|---|---|"
    )
    for name, rows in results.items():
        figure = {key: statistics.median(row[key] for row in rows) for key in rows[0]}
        ratio = statistics.median(row["op/s"] / base["op/s"] for row, base in zip(rows, first, strict=True))
        print(
            f"| {name} | {figure['op/s']:.0f} | {ratio:.2f} | {figure['cpu']:.2f} "
            f"| {figure['read p50']:.0f} / {figure['read p95']:.0f} | {figure['write p50']:.0f} / {figure['write p95']:.0f} |",
            flush=True,
        )
    for path in prepared.parent.glob("copy*"):
        path.unlink()


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=3.0, help="of one turn")
    options = parser.parse_args()
    if importlib.util.find_spec("aiosqlite") is None:
        print("aiosqlite is not installed (it is no dependency): the asynchronous ways are left out.\n")
        for name in [name for name in PROTOTYPES if "aiosqlite" in name]:
            del PROTOTYPES[name]
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(Path(folder))
        print(
            f"{os.cpu_count()} cores, {CLIENTS} clients, {TASKS} tasks, {options.turns} turns of {options.seconds:g} s\n"
        )
        for around in (0.0, 1.0):
            compare(prepared, options.turns, options.seconds, around)
        url = f"sqlite:///{prepared}"
        print("\n| one thread reads the page | µs |\n|---|---|")
        for name, micros in layers(url, options.seconds).items():
            print(f"| {name} | {micros:.0f} |")
        print("\n| the page is read | one client p50 µs | 50 clients, pages/s |\n|---|---|---|")
        for name, (alone, together) in asyncio.run(hops(url, options.seconds * 2)).items():
            print(f"| {name} | {alone:.0f} | {together:.0f} |")


if __name__ == "__main__":
    main()
