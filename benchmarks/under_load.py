"""Task operations under load, over real HTTP: fifty clients without pauses, and fifty users who think for a second."""

import asyncio

from benchmarks import load, tasks
from benchmarks.figures import Figure, Section, percentile
from benchmarks.hosts import running

CLIENTS = 50


def measure() -> Section:
    """Measure throughput and times of both."""
    with running() as (host, record):
        ids = asyncio.run(tasks.fill(record))
        host.drain()
        load.put(record, ids[:1000], clients=CLIENTS, seconds=3)  # warm
        host.drain()
        flat_out = load.put(record, ids[1000:6000], clients=CLIENTS, seconds=15)
        host.drain()
        thinking = load.put(record, ids[6000:], clients=CLIENTS, seconds=20, pause=1.0)
    rate = len(flat_out.all) / flat_out.seconds
    return Section(
        "Task operations under load",
        "50 clients over HTTP, 4 reads to 1 write, 10,000 tasks; reads: list 50 by due (half), by tag and priority, search. "
        f"Writes: create (half), update, complete. The load process used {flat_out.busy:.0%} of a core.",
        (
            Figure("operations, 50 clients without pauses", rate, "a second", 500, rate=True),
            Figure("the same, second goal", rate, "a second", 750, rate=True),
            Figure("P50, without pauses", percentile(flat_out.all, 0.5), "ms"),
            Figure("P95, without pauses", percentile(flat_out.all, 0.95), "ms"),
            Figure("P95 of reads, without pauses", percentile(flat_out.read, 0.95), "ms"),
            Figure("P95 of writes, without pauses", percentile(flat_out.write, 0.95), "ms"),
            Figure("P95, 50 users with 1 s mean pause", percentile(thinking.all, 0.95), "ms", 50),
            Figure("P50, 50 users with 1 s mean pause", percentile(thinking.all, 0.5), "ms"),
        ),
    )
