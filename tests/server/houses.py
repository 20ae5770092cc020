"""A server for many users as a process of its own, on either database system, and what a user of it does."""

import os
import signal
import subprocess
from pathlib import Path

import httpx2

from services.kit.tokens import TokenSigner
from services.local import folder, host_file
from taskora.config import PREFIX, SERVER, Settings
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from tests.hosts import TASKORA
from tests.sse import reply
from tests.waiting import until_now

KEY = "the key of a server in a test, long enough"


class ServerProcess:
    """`taskora up` in server mode. A context that ends it."""

    def __init__(self, data_dir: Path, database_url: str | None, **more: str) -> None:
        url = database_url if database_url is not None and database_url.startswith("postgresql") else None
        self.settings = Settings(data_dir=data_dir, mode=SERVER, signing_key=KEY, database_url=url, request_wait=30.0)
        self.environment = environment(self.settings) | more
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "ServerProcess":
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        with folder.log(self.settings.data_dir).open("ab") as log:
            self._process = subprocess.Popen([TASKORA, "up"], env=self.environment, stdout=log, stderr=log)
        until_now(self._listens, limit=60.0)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(30) == 0, self.log

    @property
    def log(self) -> str:
        return folder.log(self.settings.data_dir).read_text()

    @property
    def url(self) -> str:
        record = host_file.read(self.settings.data_dir)
        assert record is not None
        return record.url

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log
        return host_file.read(self.settings.data_dir) is not None

    def ask(
        self, method: str, path: str, user: str, *, json: object | None = None, audience: str = "tasks"
    ) -> httpx2.Response:
        """Return the answer to a user's request."""
        headers = {"Authorization": f"Bearer {token(user, audience)}"}
        return httpx2.request(method, f"{self.url}{path}", headers=headers, json=json, timeout=60)

    def say(self, user: str, text: str, conversation: str | None = None) -> str:
        """Return the agent's reply to a user's line."""
        body = {"text": text} | ({} if conversation is None else {"conversation": conversation})
        answer = self.ask("POST", "/chat", user, json=body, audience="agent")
        assert answer.status_code == 200, answer.text
        return reply(answer.text.splitlines())

    def titles(self, user: str) -> list[str]:
        """Return the titles of a user's open tasks."""
        return [task["title"] for task in self.ask("GET", "/api/v1/tasks", user).json()["tasks"]]


def environment(settings: Settings) -> dict[str, str]:
    """Return the variables for a process with these settings."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return outside | settings.environment()


def token(user: str, audience: str = "tasks", key: str = KEY) -> str:
    """Return a token for a user."""
    return TokenSigner(key).sign(Principal(user, Actor(ActorKind.USER), Channel.API), audience)
