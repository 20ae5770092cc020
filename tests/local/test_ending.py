"""SIGTERM under load: what was accepted is answered, what was answered is kept with its events, and the end comes in time."""

import http.client
import json
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from uuid_utils import uuid7

from services.local.user import sign
from taskora.domain.actor import Channel
from tests.hosts import PERSON, HostProcess
from tests.waiting import until_now

CLIENTS = 12
BOUND = 15.0
"""Seconds: requests have ten to end, the work in the background five."""


@dataclass
class Load:
    """Clients that create tasks without a pause until told to end, and what became of each request."""

    port: int
    key: str
    ending: threading.Event = field(default_factory=threading.Event)
    answered: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self.threads = [threading.Thread(target=self._client, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.ending.set()
        for thread in self.threads:
            thread.join(60)

    def _client(self, number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        turn = 0
        while not self.ending.is_set():
            turn += 1
            title = f"task {number}.{turn}"
            try:
                outcome = self._create(connection, title)
            except ConnectionRefusedError:
                outcome = "not accepted"
            except (http.client.RemoteDisconnected, ConnectionError):
                outcome = "closed before it was taken"
            except http.client.HTTPException as error:
                outcome = f"broken off: {error!r}"
            self.outcomes[outcome] += 1
            if outcome != "200":
                connection.close()
                return
            self.answered.append(title)

    def _create(self, connection: http.client.HTTPConnection, title: str) -> str:
        token = sign(self.key, actor=PERSON, channel=Channel.API, audience="tasks")
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = str(uuid7())
        body = json.dumps({"items": [{"title": title, "rrule": "FREQ=DAILY", "due": {"date": "2026-11-25"}}]})
        connection.request("POST", "/api/v1/tasks", body, headers)
        answer = connection.getresponse()
        answer.read()
        return str(answer.status)


@pytest.mark.requirement("R-064")
def test_a_host_that_is_told_to_end_under_load_answers_what_it_accepted_and_loses_nothing(
    host_process: HostProcess,
) -> None:
    record = host_process.record
    assert record is not None
    load = Load(record.port, record.key)
    load.start()
    until_now(lambda: len(load.answered) >= 100, limit=60)
    process = host_process._process
    assert process is not None
    asked_at = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert time.monotonic() - asked_at < BOUND
    load.end()
    assert set(load.outcomes) <= {"200", "not accepted", "closed before it was taken"}, load.outcomes

    host_process.start()
    until_now(lambda: "0 to publish" in (text := host_process.command("doctor").stdout) and "0 to deliver" in text)
    kept = [str(task["title"]) for task in every_task(host_process)]
    assert sorted(kept) == sorted(load.answered)  # what was not answered was not begun


def every_task(host: HostProcess) -> list[dict[str, object]]:
    record = host.record
    assert record is not None
    token = sign(record.key, actor=PERSON, channel=Channel.API, audience="tasks")
    found: list[dict[str, object]] = []
    cursor: str | None = ""
    while cursor is not None:
        connection = http.client.HTTPConnection("127.0.0.1", record.port, timeout=60)
        path = f"/api/v1/tasks?limit=100{'&cursor=' + cursor if cursor else ''}"
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        page = json.loads(connection.getresponse().read())
        connection.close()
        found += page["tasks"]
        cursor = page.get("next_cursor")
    return found
