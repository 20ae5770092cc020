"""Intervals in this process: each is a worker of its own, so that none waits for another. The first round is at the start.

The time between two rounds is system time. A round that fails is logged by the worker, and the next one comes in its time.
"""

from taskora.runtime.ports import Interval
from taskora.runtime.worker import Backoff, Worker


def worker_of(interval: Interval) -> Worker:
    """Return the worker that does an interval's rounds, one after the other."""
    seconds = interval.every.total_seconds()

    async def work() -> float:
        await interval.run()
        return seconds

    return Worker(f"interval {interval.name}", work, Backoff(seconds, seconds))
