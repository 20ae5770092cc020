"""One side of a conversation with the agent: sends a line to POST /chat and yields the reply as it is streamed.

On the standard library's HTTP client: the terminal makes one plain request at a time, and a full client would double the time
until the first one.
"""

import http.client
import json
from collections.abc import Callable, Iterator, Mapping

from services.local import launch
from services.local.host_file import HostRecord
from services.local.user import sign
from taskora.api.problems import from_problem
from taskora.config import Settings
from taskora.domain.actor import Actor, ActorKind, Channel
from taskora.domain.errors import Unavailable
from taskora.runtime.embedded.clock import open_clock

_TIMEOUT = 120.0
_PERSON = Actor(ActorKind.USER)


class Conversation:
    """Lines that belong together. `note` gets a line when a host had to be started."""

    def __init__(self, settings: Settings, note: Callable[[str], None]) -> None:
        self._settings = settings
        self._note = note
        self._clock = open_clock(settings.clock_file)
        self._id: str | None = None

    def connect(self) -> HostRecord:
        """Return the record of the running host; start one if there is none."""
        return launch.ensure(self._settings, self._note)

    def say(self, text: str) -> Iterator[str]:
        """Send a line and yield the reply piece by piece. Raises the error that the agent's problem stands for."""
        body = {"text": text, "conversation": self._id, "said_at": self._clock.now().isoformat()}
        streamed = ""
        for name, data in self._events(body):
            if name == "delta":
                piece = str(data["text"])
                streamed += piece
                yield piece
            elif name == "done":
                self._id = str(data["conversation"])
                if not streamed:
                    yield str(data["reply"])
                return
            elif name == "error":
                raise from_problem(data)
        raise Unavailable("The answer broke off.", advice="See `taskora doctor`; `undo` takes back what was done.")

    def _events(self, body: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
        response = self._post(json.dumps(body).encode())
        if response.status != http.client.OK:
            raise from_problem(_object(response.read()))
        name = ""
        for raw in response:
            line = raw.decode().rstrip("\r\n")
            field, _, value = line.partition(":")
            if field == "event":
                name = value.strip()
            elif field == "data":
                yield name, _object(value.encode())

    def _post(self, body: bytes) -> http.client.HTTPResponse:
        """Send the request to the running host; again when that one has ended just now."""
        try:
            return self._send(self.connect(), body)
        except ConnectionRefusedError:
            return self._send(self.connect(), body)
        except OSError as error:
            raise Unavailable(f"The host does not answer: {error}.") from error

    def _send(self, record: HostRecord, body: bytes) -> http.client.HTTPResponse:
        token = sign(record.key, actor=_PERSON, channel=Channel.CHAT, audience="agent")
        connection = http.client.HTTPConnection("127.0.0.1", record.port, timeout=_TIMEOUT)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection.request("POST", "/chat", body=body, headers=headers)
        return connection.getresponse()


def _object(raw: bytes) -> dict[str, object]:
    try:
        value = json.loads(raw)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Unavailable("The answer cannot be read.")
    return value
