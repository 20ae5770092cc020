"""Scripts of a model: one plays what was recorded, one asks the real model and keeps what it answers."""

import json
import time
import uuid
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from evals.form import Json
from evals.recordings import Recordings

PATIENCE = 120.0
"""Seconds for one answer of the real model."""


@dataclass(slots=True)
class Player:
    """Gives the recorded answers of the turn that was begun, one a request, then none."""

    recordings: Recordings
    _waiting: deque[Json] = field(default_factory=deque)

    def begin(self, case: str, turn: int) -> None:
        """Take up the answers of a turn."""
        self._waiting = deque(self.recordings.turns.get((case, turn), ()))

    async def answer(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """Return the next recorded answer as a chat completion."""
        return completion(self._waiting.popleft(), request) if self._waiting else None


@dataclass(slots=True)
class Recorder:
    """Passes requests on to the real model, and keeps each answer under its case and turn."""

    http: httpx2.AsyncClient
    url: str
    key: str | None
    kept: dict[tuple[str, int], list[Json]]
    _turn: tuple[str, int] = ("", 0)

    def begin(self, case: str, turn: int) -> None:
        """Keep what comes now under this turn."""
        self._turn = (case, turn)

    async def answer(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """Ask the real model."""
        headers = {"Authorization": f"Bearer {self.key or 'none'}"}
        url = f"{self.url.rstrip('/')}/chat/completions"
        try:
            response = await self.http.post(url, json=request, headers=headers, timeout=PATIENCE)
            given = response.json() if response.is_success else None
            self.kept.setdefault(self._turn, []).append(recorded(given)) if given is not None else None
        except (httpx2.HTTPError, ValueError, LookupError, TypeError):
            return None
        return dict(given) if given is not None else None


def completion(answer: Json, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a recorded answer as a chat completion object."""
    calls = answer.get("calls")
    called = [_call(call) for call in calls] if isinstance(calls, list) else []
    message: dict[str, Any] = {"role": "assistant", "content": answer.get("text") or None}
    if called:
        message["tool_calls"] = called
    return {
        "id": f"chatcmpl-{uuid.uuid4()}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": request.get("model", "recorded"),
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls" if called else "stop"}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }


def _call(call: Mapping[str, Any]) -> dict[str, Any]:
    arguments = json.dumps(call.get("arguments", {}), ensure_ascii=False)
    return {
        "id": f"call_{uuid.uuid4()}",
        "type": "function",
        "function": {"name": call["name"], "arguments": arguments},
    }


def recorded(given: Mapping[str, Any]) -> Json:
    """Return a chat completion in the form of a recording. Raises LookupError or ValueError when it is none."""
    message = given["choices"][0]["message"]
    calls = [
        {"name": call["function"]["name"], "arguments": json.loads(call["function"]["arguments"] or "{}")}
        for call in message.get("tool_calls") or []
    ]
    said = {"text": message["content"]} if message.get("content") else {}
    return {"calls": calls, **said} if calls else {"text": message.get("content") or ""}
