"""From the start of the process to its first answers, and the memory it then has."""

import json
import statistics
import time

import httpx2

from benchmarks.figures import Figure, Section
from benchmarks.hosts import Host, running, token
from services.local.host_file import HostRecord

TIMES = 5
LINE = "what's due this week"


def measure() -> Section:
    """Measure starts on a folder that has a database, as on any day but the first; and the first one."""
    with running() as (host, first_record):
        _list(first_record)
        host.stop()
        api, chat, idle, after_chat = [], [], [], []
        for _ in range(TIMES):
            api.append(_started(host))
            time.sleep(1)  # idle: what begins with the host has ended
            idle.append(host.memory())
            host.stop()
            begun = time.perf_counter()
            _say(host.start())
            chat.append(time.perf_counter() - begun)
            after_chat.append(host.memory())
            host.stop()
    begun = time.perf_counter()
    with running() as (_, record):
        _list(record)
        first = time.perf_counter() - begun
    return Section(
        "Start and memory",
        f"`taskora up` as a process of its own, medians of {TIMES}. The chat line is the first thing asked of a new host.",
        (
            Figure("start to the first /api answer", statistics.median(api), "s", 2),
            Figure("the same, with a new database", first, "s", 2),
            Figure("start to the first chat answer", statistics.median(chat), "s", 5),
            Figure("memory, idle", statistics.median(idle), "MiB", 200),
            Figure("memory after the first chat", statistics.median(after_chat), "MiB", 200),
        ),
    )


def _started(host: Host) -> float:
    begun = time.perf_counter()
    _list(host.start())
    return time.perf_counter() - begun


def _list(record: HostRecord) -> None:
    answer = httpx2.get(f"{record.url}/api/v1/tasks", headers={"Authorization": f"Bearer {token(record)}"})
    answer.raise_for_status()


def _say(record: HostRecord) -> None:
    """Return once the whole answer is there."""
    headers = {"Authorization": f"Bearer {token(record, 'agent')}"}
    answer = httpx2.post(f"{record.url}/chat", json={"text": LINE}, headers=headers, timeout=60)
    answer.raise_for_status()
    if "event: done" not in answer.text:
        raise RuntimeError(json.dumps(answer.text)[:400])
