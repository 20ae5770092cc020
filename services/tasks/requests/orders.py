"""The order of a request: who commands what, under which correlation id and idempotency key."""

import hashlib

from fastapi import Request

from services.tasks.commands.run import Order
from services.tasks.steps import new_id
from taskora import telemetry
from taskora.domain.actor import Principal
from taskora.domain.errors import InvalidField

KEY_HEADER = "idempotency-key"
KEY_LIMIT = 255


def order_of(request: Request, principal: Principal, kind: str, body: bytes, *, dry_run: bool = False) -> Order:
    """Return the order of a command; a dry run has no key. Raises InvalidField for an idempotency key of another form."""
    correlation_id = telemetry.correlation_id() or new_id()
    if dry_run:
        return Order(principal, kind, correlation_id, dry_run=True)
    key = request.headers.get(KEY_HEADER)
    if key is None:
        return Order(principal, kind, correlation_id)
    if not (0 < len(key) <= KEY_LIMIT and key.isascii() and key.isprintable()):
        raise InvalidField(f"An idempotency key has 1 to {KEY_LIMIT} visible characters.", field="Idempotency-Key")
    fingerprint = hashlib.sha256(kind.encode() + b"\n" + body).hexdigest()
    return Order(principal, kind, correlation_id, key, fingerprint)
