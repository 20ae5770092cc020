"""One side of a conversation with the agent: sends a line to POST /chat and yields the reply as it is streamed."""

import os
from collections.abc import Iterator
from typing import Any

from services.local.cli.host_client import HostClient, Json, read_object
from services.local.cli.present import now
from taskora.api.problems import from_problem
from taskora.domain.actor import Channel
from taskora.domain.errors import Unavailable

Told = dict[str, Any]
OK = 200


class Conversation:
    """Lines that belong together. After a line `told` is what the agent said of it as a whole, None when it broke off."""

    def __init__(self, client: HostClient) -> None:
        self._client = client
        self._id: str | None = None
        self.told: Told | None = None

    def say(self, text: str) -> Iterator[str]:
        """Send a line and yield the reply piece by piece. Raises the error that the agent's problem stands for.

        A reply that breaks off is asked for once more, under the same id: what was done is not done again.
        """
        self.told = None
        body: Json = {"text": text, "conversation": self._id, "client_message_id": os.urandom(16).hex()}
        body["said_at"] = now(self._client.settings).isoformat()
        shown = ""
        for _ in range(2):
            try:
                for piece in self._pieces(body, len(shown)):
                    shown += piece
                    yield piece
            except ConnectionError:
                continue
            except OSError as error:
                raise Unavailable(f"The host does not answer: {error}.") from error
            if self.told is not None:
                return
        raise Unavailable("The answer broke off.", advice="See `taskora history`; `undo` takes back what was done.")

    def _pieces(self, body: Json, skip: int) -> Iterator[str]:
        """Yield the reply without the first characters, which are shown already."""
        streamed = ""
        for name, data in self._events(body):
            if name == "delta":
                before = max(skip, len(streamed))
                streamed += str(data["text"])
                yield from filter(None, [streamed[before:]])
            elif name == "done":
                self._id = str(data["conversation"])
                self.told = data
                yield from filter(None, [str(data["reply"])[skip:] if not streamed else ""])
                return
            elif name == "error":
                raise from_problem(data)

    def _events(self, body: Json) -> Iterator[tuple[str, Json]]:
        response = self._client.open("POST", "/chat", body, audience="agent", channel=Channel.CHAT)
        with response:
            if response.status != OK:
                raise from_problem(read_object(response.read()))
            name = ""
            for raw in response.lines():
                field, _, value = raw.decode().partition(":")
                if field == "event":
                    name = value.strip()
                elif field == "data":
                    yield name, read_object(value.encode())
