"""Tokens that must not hold: forged, altered, expired, meant for others, incomplete."""

import base64
import json
import time
from collections.abc import Mapping
from typing import Any

import jwt

from tests.server.houses import KEY, token

OTHER_KEY = "the key of somebody else, just as long as ours"
REQUIRED = ("iss", "aud", "sub", "act", "channel", "iat", "exp")
AUDIENCES = ("tasks", "agent", "ops")


def signed(audience: str, key: str = KEY, algorithm: str = "HS256", **changed: Any) -> str:
    """A token of ada's, complete and signed with the key but for what is changed; None leaves a claim out."""
    now = int(time.time())
    whole = {
        "iss": "taskora",
        "aud": audience,
        "sub": "ada",
        "act": {"kind": "user", "name": ""},
        "channel": "api",
        "scope": "operate",
        "iat": now,
        "exp": now + 60,
    }
    claims = {name: value for name, value in (whole | changed).items() if value is not None}
    return jwt.encode(claims, key, algorithm=algorithm)


def altered(held: str, **changed: Any) -> str:
    """A token that held, with other claims under its old signature."""
    header, claims, signature = held.split(".")
    raw = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    return ".".join((header, _part(raw | changed), signature))


def forgeries(audience: str) -> Mapping[str, str]:
    """Every kind of token that the door of this audience must refuse, by its name."""
    now = int(time.time())
    held = signed(audience)
    unsigned = jwt.encode({"sub": "ada", "aud": audience}, "", algorithm="none")
    others = {f"meant for {other}": token("ada", other) for other in AUDIENCES if other != audience}
    absent: Any = None
    missing = {f"without {claim}": signed(audience, **{claim: absent}) for claim in REQUIRED}
    return {
        "of another key": signed(audience, key=OTHER_KEY),
        "expired": signed(audience, iat=now - 120, exp=now - 1),
        "of another issuer": signed(audience, iss="somebody"),
        "signed by nobody": jwt.encode(jwt.decode(held, options={"verify_signature": False}), "", algorithm="none"),
        "signed by nobody and short": unsigned,
        "that calls its signature none": ".".join((_part({"alg": "none", "typ": "JWT"}), *held.split(".")[1:])),
        "of another algorithm": signed(audience, key=KEY * 2, algorithm="HS512"),
        "of another user under an old signature": altered(held, sub="bob"),
        "of another actor under an old signature": altered(held, act={"kind": "system", "name": "recurrence"}),
        "prolonged under an old signature": altered(held, exp=now + 10_000),
        "without a signature": held.rpartition(".")[0] + ".",
        "cut short": held[:-4],
        "with an empty user": signed(audience, sub=""),
        "with a number for a user": signed(audience, sub=5),
        "with a list of users": signed(audience, sub=["ada", "bob"]),
        "with an actor of no known kind": signed(audience, act={"kind": "root", "name": ""}),
        "with an actor in one word": signed(audience, act="user"),
        "of no known channel": signed(audience, channel="telepathy"),
        "that is none": "ada",
        **others,
        **missing,
    }


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
