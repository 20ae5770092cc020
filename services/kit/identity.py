"""Who asks. A Principal comes from a verified token and from nowhere else: no argument, no header of our own.

Every route that touches a user's data depends on `Identity`. The tokens are signed in `tokens`.
"""

import time
from collections.abc import Mapping
from functools import lru_cache

import jwt
from fastapi import Request

from services.kit.rate_limit import RateLimit
from services.kit.tokens import ALGORITHM, ISSUER, checked_key
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.errors import Unauthenticated

_REQUIRED = ["iss", "aud", "exp", "iat", "sub", "act", "channel"]
SKEW = 30
"""Seconds by which the clock of whoever signed may be ahead of ours. The end of a token is held to the second, see `verify`."""


class TokenVerifier:
    """Verifies tokens that were signed with the shared key."""

    def __init__(self, key: str) -> None:
        self._key = checked_key(key)

    def verify(self, token: str, audience: str) -> Principal:
        """Return whom the token stands for. Raises Unauthenticated when it does not hold or is meant for others."""
        try:
            principal, expires_at = _verified(token, self._key, audience)
        except jwt.ExpiredSignatureError as error:
            raise _expired() from error
        except (jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
            raise Unauthenticated("The token does not hold.") from error
        if time.time() >= expires_at:
            raise _expired()
        return principal


class Identity:
    """A FastAPI dependency that gives the Principal of a request, for one audience; `limit` is how often each may ask."""

    def __init__(self, verifier: TokenVerifier, audience: str, limit: RateLimit | None = None) -> None:
        self._verifier = verifier
        self._audience = audience
        self._limit = limit

    async def __call__(self, request: Request) -> Principal:
        """Verify the bearer token (RFC 6750 §2.1).

        Raises Unauthenticated when there is none that holds, TooMany when its user asked too often.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated(advice="Send a token as `Authorization: Bearer …`.")
        principal = self._verifier.verify(token.strip(), self._audience)
        if self._limit is not None:
            self._limit.take(principal.user_id)
        return principal


@lru_cache(maxsize=1024)
def _verified(token: str, key: bytes, audience: str) -> tuple[Principal, float]:
    """Return whom a token stands for and when it ends. A door's tokens of one second are one token: checked once."""
    claims = jwt.decode(
        token,
        key,
        algorithms=[ALGORITHM],
        issuer=ISSUER,
        audience=audience,
        leeway=SKEW,
        options={"require": _REQUIRED},
    )
    return _principal(claims), float(claims["exp"])


def _expired() -> Unauthenticated:
    return Unauthenticated("The token has expired.", advice="Send the request again with a new one.")


def _principal(claims: Mapping[str, object]) -> Principal:
    actor = claims["act"]
    user_id = claims["sub"]
    if not isinstance(actor, Mapping) or not isinstance(user_id, str) or not user_id:
        raise ValueError("sub and act are needed")
    scope = claims.get("scope", "")
    return Principal(
        user_id=user_id,
        actor=Actor(ActorKind(actor["kind"]), str(actor.get("name", ""))),
        channel=Channel(str(claims["channel"])),
        scopes=frozenset(str(scope).split()),
    )
