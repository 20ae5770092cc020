"""The state port on a Dapr state store.

The stores differ where it matters: Redis takes a write or a delete with any etag for a key that is not there, and begins its
etags anew after a delete. So nothing is deleted: an entry is replaced by a tombstone under the store's etag, whoever does that
took it, and the store forgets entry and tombstone a day after their end. The etag that callers see is a random one of ours.
"""

import datetime as dt
import secrets
import time
from dataclasses import dataclass
from urllib.parse import quote

from taskora.domain.errors import Conflict, Unavailable
from taskora.runtime.dapr.sidecar import Sidecar, reason
from taskora.runtime.ports import StateEntry

MARGIN = 24 * 60 * 60
"""Seconds for which the store keeps what has ended, so that no key vanishes between a read and the write that follows it."""


@dataclass(frozen=True, slots=True)
class _Stored:
    entry: StateEntry | None
    etag: str


class DaprState:
    """Keeps entries in the store of that name, under keys of this app id."""

    def __init__(self, sidecar: Sidecar, store: str) -> None:
        self._sidecar = sidecar
        self._path = f"/v1.0/state/{store}"

    async def get(self, key: str) -> StateEntry | None:
        """Return the entry, or None when there is none or its time to live has passed. Raises Unavailable."""
        stored = await self._read(key)
        return None if stored is None else stored.entry

    async def put(self, key: str, value: object, *, etag: str | None = None, ttl: dt.timedelta | None = None) -> str:
        """Store a JSON value and return its new etag. With `etag`, only if the entry still has it, else Conflict."""
        fresh = secrets.token_hex(8)
        ends_at = None if ttl is None else time.time() + ttl.total_seconds()
        content = {"value": value, "etag": fresh, "ends_at": ends_at}
        if etag is None:
            await self._write(key, content, None)
            return fresh
        stored = await self._read(key)
        held = stored is not None and stored.entry is not None and stored.entry.etag == etag
        if stored is None or not held or not await self._write(key, content, stored.etag):
            raise Conflict(f"The entry {key} was changed or removed meanwhile.")
        return fresh

    async def delete(self, key: str, *, etag: str | None = None) -> bool:
        """Delete the entry and tell whether this call did it; with `etag`, only if the entry still has it."""
        while True:
            stored = await self._read(key)
            if stored is None or stored.entry is None or (etag is not None and stored.entry.etag != etag):
                return False
            if await self._write(key, {"ends_at": time.time()}, stored.etag):
                return True

    async def _read(self, key: str) -> _Stored | None:
        answer = await self._sidecar.send(
            "GET", f"{self._path}/{quote(key, safe='')}", params={"consistency": "strong"}
        )
        if answer.status_code == 204:
            return None
        if answer.status_code != 200:
            raise Unavailable(f"The state store: {reason(answer)}")
        content = answer.json()
        ends_at = content.get("ends_at")
        living = "etag" in content and (ends_at is None or ends_at > time.time())
        return _Stored(
            StateEntry(content["value"], content["etag"]) if living else None, answer.headers.get("etag", "")
        )

    async def _write(self, key: str, content: dict[str, object], etag: str | None) -> bool:
        """Write, with `etag` only over that version; tell whether it was written."""
        ends_at = content["ends_at"]
        keep = -1 if not isinstance(ends_at, float) else max(1, int(ends_at - time.time())) + MARGIN
        item: dict[str, object] = {"key": key, "value": content, "metadata": {"ttlInSeconds": str(keep)}}
        if etag is not None:
            item["etag"] = etag
        answer = await self._sidecar.send("POST", self._path, json=[item])
        if answer.status_code == 409:
            return False
        if answer.status_code >= 400:
            raise Unavailable(f"The state store: {reason(answer)}")
        return True
