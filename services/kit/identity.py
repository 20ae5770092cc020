"""Who asks. A Principal comes from a verified token and from nowhere else: no argument, no header of our own.

Internal tokens are JWTs (RFC 7519) signed with HS256 by a door for itself to use, and live for a minute. Token times are
system time, never domain time.
"""

import datetime as dt
from collections.abc import Mapping

import jwt
from fastapi import Request

from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.errors import Unauthenticated

ISSUER = "taskora"
ALGORITHMS = ["HS256"]
LIFETIME = dt.timedelta(seconds=60)
KEY_LENGTH = 32
"""Fewest bytes of a key (RFC 7518 §3.2: as long as the hash)."""

_REQUIRED = ["iss", "aud", "exp", "iat", "sub", "act", "channel"]


class TokenSigner:
    """Signs internal tokens with the shared key."""

    def __init__(self, key: str) -> None:
        self._key = _checked(key)

    def sign(self, principal: Principal, audience: str) -> str:
        """Return a token for `audience` ("tasks", "agent") that holds for a minute from now."""
        now = dt.datetime.now(dt.UTC)
        claims = {
            "iss": ISSUER,
            "aud": audience,
            "sub": principal.user_id,
            "act": {"kind": principal.actor.kind, "name": principal.actor.name},
            "channel": principal.channel,
            "scope": " ".join(sorted(principal.scopes)),
            "iat": now,
            "exp": now + LIFETIME,
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHMS[0])


class TokenVerifier:
    """Verifies tokens that were signed with the shared key."""

    def __init__(self, key: str) -> None:
        self._key = _checked(key)

    def verify(self, token: str, audience: str) -> Principal:
        """Return whom the token stands for. Raises Unauthenticated when it does not hold or is meant for others."""
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=ALGORITHMS,
                issuer=ISSUER,
                audience=audience,
                options={"require": _REQUIRED},
            )
            return _principal(claims)
        except jwt.ExpiredSignatureError as error:
            raise Unauthenticated("The token has expired.") from error
        except (jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
            raise Unauthenticated("The token does not hold.") from error


class Identity:
    """A FastAPI dependency that gives the Principal of a request, for one audience."""

    def __init__(self, verifier: TokenVerifier, audience: str) -> None:
        self._verifier = verifier
        self._audience = audience

    async def __call__(self, request: Request) -> Principal:
        """Verify the bearer token (RFC 6750 §2.1). Raises Unauthenticated when there is none that holds."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated(advice="Send a token as `Authorization: Bearer …`.")
        return self._verifier.verify(token.strip(), self._audience)


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


def _checked(key: str) -> bytes:
    secret = key.encode()
    if len(secret) < KEY_LENGTH:
        raise ValueError(f"a signing key needs at least {KEY_LENGTH} bytes")
    return secret
