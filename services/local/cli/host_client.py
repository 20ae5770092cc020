"""The running host as one command of the terminal sees it: a request out, JSON back, errors of the domain's tree.

On `plain_http` and without the wire models: a command is one or two requests, and importing the models would take longer than
the whole command may. A host is started where none runs; one that was replaced meanwhile is found again.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from services.local import launch
from services.local.cli.plain_http import Response, request
from services.local.host_file import HostRecord
from services.local.user import sign
from taskora.api.problems import from_problem
from taskora.config import Settings
from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.domain.errors import Unavailable

Json = dict[str, Any]
Query = Mapping[str, object]
BASE = "/api/v1"
TIMEOUT = 120.0
"""Seconds: longer than a write waits for a busy database."""
UNAUTHORIZED, BAD_REQUEST = 401, 400
_PERSON = Actor(ActorKind.USER)


class HostClient:
    """The person's own requests. `note` gets a line when a host had to be started."""

    def __init__(self, settings: Settings, note: Callable[[str], None]) -> None:
        self.settings = settings
        self._note = note

    def connect(self) -> HostRecord:
        """Return the record of the running host; start one if there is none."""
        return launch.ensure(self.settings, self._note)

    def get(self, path: str, query: Query | None = None) -> Json:
        """Ask the task service. Raises the error that its problem stands for."""
        asked = {name: _parameter(value) for name, value in (query or {}).items() if value not in (None, (), [])}
        return self._answer("GET", BASE + path + ("?" + urlencode(asked, doseq=True) if asked else ""), None)

    def send(self, method: str, path: str, body: Json) -> Json:
        """Have something changed, once, whatever happens to the connection."""
        return self._answer(method, BASE + path, body)

    def open(self, method: str, path: str, body: Json | None, *, audience: str, channel: Channel) -> Response:
        """Send a request and return the response to read from; again where the first host has ended or was replaced."""
        raw = None if body is None else json.dumps(body).encode()
        headers = {}
        if raw is not None:
            headers = {"Content-Type": "application/json", "Idempotency-Key": os.urandom(16).hex()}

        def sent() -> Response:
            record = self.connect()
            token = sign(record.key, actor=_PERSON, channel=channel, audience=audience)
            return request(
                record.port, method, path, {**headers, "Authorization": f"Bearer {token}"}, raw, timeout=TIMEOUT
            )

        try:
            response = sent()
        except ConnectionError:
            response = None
        except OSError as error:
            raise Unavailable(f"The host does not answer: {error}.") from error
        if response is not None:
            if response.status != UNAUTHORIZED:
                return response
            response.close()  # a new host on the old port has another key
        try:
            return sent()
        except OSError as error:
            raise Unavailable(f"The host does not answer: {error}.") from error

    def _answer(self, method: str, path: str, body: Json | None) -> Json:
        response = self.open(method, path, body, audience="tasks", channel=Channel.API)
        try:
            with response:
                answer = read_object(response.read())
        except OSError as error:
            raise Unavailable(f"The answer broke off: {error}.", advice="See `taskora history`.") from error
        if response.status >= BAD_REQUEST:
            raise from_problem(answer)
        return answer


def read_object(raw: bytes) -> Json:
    """Return a JSON object. Raises Unavailable for anything else."""
    try:
        value = json.loads(raw)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Unavailable("The answer cannot be read.")
    return value


def _parameter(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(value)
    return value
