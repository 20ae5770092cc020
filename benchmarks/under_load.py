"""Task operations under load, over real HTTP: fifty clients without pauses, and fifty users who think for a second."""

import asyncio

from benchmarks import load, tasks
from benchmarks.figures import Figure, Section, percentile
from benchmarks.hosts import SYSTEMS, running

CLIENTS = 50


def measure() -> Section:
    """Measure throughput and times of both, on both systems."""
    figures: list[Figure] = []
    for system in SYSTEMS:
        figures += _measured(system)
    return Section(
        "Task operations under load",
        "50 clients over HTTP, 4 reads to 1 write, one user with 10,000 tasks; reads: list 50 by due (half), by tag and "
        "priority, search. Writes: create (half), update, complete. Load and PostgreSQL share the two cores with the host.",
        tuple(figures),
    )


def _measured(system: str) -> tuple[Figure, ...]:
    with running(system) as (host, record):
        ids = asyncio.run(tasks.fill(record))
        host.drain()
        load.put(record, ids[:1000], clients=CLIENTS, seconds=3)  # warm
        host.drain()
        flat_out = load.put(record, ids[1000:6000], clients=CLIENTS, seconds=15)
        host.drain()
        thinking = load.put(record, ids[6000:], clients=CLIENTS, seconds=20, pause=1.0)
    rate = len(flat_out.all) / flat_out.seconds
    return (
        Figure(f"{system}: operations, 50 clients without pauses", rate, "a second", 500, rate=True),
        Figure(f"{system}: the same, second goal", rate, "a second", 750, rate=True),
        Figure(f"{system}: P50, without pauses", percentile(flat_out.all, 0.5), "ms"),
        Figure(f"{system}: P95 of reads, without pauses", percentile(flat_out.read, 0.95), "ms"),
        Figure(f"{system}: P95 of writes, without pauses", percentile(flat_out.write, 0.95), "ms"),
        Figure(f"{system}: P95, 50 users with 1 s mean pause", percentile(thinking.all, 0.95), "ms", 50),
        Figure(f"{system}: P50, 50 users with 1 s mean pause", percentile(thinking.all, 0.5), "ms"),
        Figure(f"{system}: the load process used", flat_out.busy * 100, "% of a core"),
    )
