"""Internal tokens: JWTs (RFC 7519) that a door signs for itself to use. They live for a minute of system time.

Written out by hand, since a terminal command signs one before anything else: importing a JWT library would be most of its
start. Verifying is done in `identity`, with a library.
"""

import hashlib
import hmac
import json
import time
from base64 import urlsafe_b64encode

from taskora.domain.actor import Principal

ISSUER = "taskora"
ALGORITHM = "HS256"
LIFETIME = 60
"""Seconds."""
KEY_LENGTH = 32
"""Fewest bytes of a key: as long as the hash (RFC 7518 §3.2)."""


class TokenSigner:
    """Signs tokens with the shared key. Raises ValueError for a key that is too short."""

    def __init__(self, key: str) -> None:
        self._key = checked_key(key)

    def sign(self, principal: Principal, audience: str, *, lifetime: int = LIFETIME) -> str:
        """Return a token for `audience` ("tasks", "agent", "ops") that holds for `lifetime` seconds from now."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": audience,
            "sub": principal.user_id,
            "act": {"kind": principal.actor.kind, "name": principal.actor.name},
            "channel": principal.channel,
            "scope": " ".join(sorted(principal.scopes)),
            "iat": now,
            "exp": now + lifetime,
        }
        signed = _HEADER + b"." + _part(claims)
        return (signed + b"." + _base64(hmac.digest(self._key, signed, hashlib.sha256))).decode()


def checked_key(key: str) -> bytes:
    """Return a signing key as bytes. Raises ValueError when it is too short."""
    secret = key.encode()
    if len(secret) < KEY_LENGTH:
        raise ValueError(f"a signing key needs at least {KEY_LENGTH} bytes")
    return secret


def _part(value: object) -> bytes:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(raw: bytes) -> bytes:
    """Encode without padding (RFC 7515 §2)."""
    return urlsafe_b64encode(raw).rstrip(b"=")


_HEADER = _part({"alg": ALGORITHM, "typ": "JWT"})
