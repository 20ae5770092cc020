"""Tokens: what holds, what does not, and that a principal comes out as it went in."""

import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from fastapi import Depends, FastAPI

from services.kit.identity import Identity, TokenVerifier
from services.kit.problems import install
from services.kit.tokens import TokenSigner
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.errors import Unauthenticated
from taskora.runtime.embedded.invoke import client_for

KEY = "0123456789abcdef0123456789abcdef"
ADA = Principal("ada", Actor(ActorKind.AGENT, "assistant"), Channel.MCP, frozenset({"tasks:read", "tasks:write"}))


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    whole = {
        "iss": "taskora",
        "aud": "tasks",
        "sub": "ada",
        "act": {"kind": "user", "name": ""},
        "channel": "web",
        "scope": "",
        "iat": now,
        "exp": now + 60,
    }
    return {name: value for name, value in {**whole, **changed}.items() if value is not None}


def signed(key: str = KEY, algorithm: str = "HS256", **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, algorithm=algorithm)


def test_a_principal_comes_out_of_a_token_as_it_went_in() -> None:
    assert TokenVerifier(KEY).verify(TokenSigner(KEY).sign(ADA, "tasks"), "tasks") == ADA


def test_our_tokens_are_what_a_library_would_sign() -> None:
    token = TokenSigner(KEY).sign(ADA, "tasks")
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}
    read = jwt.decode(token, KEY, algorithms=["HS256"], audience="tasks", issuer="taskora")
    assert read["exp"] - read["iat"] == 60


@pytest.mark.parametrize(
    "token",
    [
        lambda: TokenSigner(KEY).sign(ADA, "agent"),
        lambda: TokenSigner(KEY[::-1]).sign(ADA, "tasks"),
        lambda: signed(exp=int(time.time()) - 1),
        lambda: signed(iss="somebody"),
        lambda: signed(sub=None),
        lambda: signed(sub=""),
        lambda: signed(sub=5),
        lambda: signed(exp=None),
        lambda: signed(iat=None),
        lambda: signed(act=None),
        lambda: signed(act="user"),
        lambda: signed(act={"kind": "root"}),
        lambda: signed(channel="telepathy"),
        lambda: signed(key=KEY * 2, algorithm="HS512"),
        lambda: jwt.encode(claims(), "", algorithm="none"),
        lambda: signed()[:-2],
        lambda: "a.b.c",
        lambda: "",
    ],
)
def test_a_token_that_does_not_hold_is_refused(token: Callable[[], str]) -> None:
    with pytest.raises(Unauthenticated):
        TokenVerifier(KEY).verify(token(), "tasks")


def test_a_token_that_held_once_ends_with_its_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    verifier = TokenVerifier(KEY)
    token = TokenSigner(KEY).sign(ADA, "tasks")
    assert verifier.verify(token, "tasks") == ADA
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Unauthenticated, match="expired"):
        verifier.verify(token, "tasks")


def test_a_signer_s_clock_may_be_a_little_ahead_and_a_token_still_ends_to_the_second() -> None:
    now = int(time.time())
    assert TokenVerifier(KEY).verify(signed(iat=now + 20, exp=now + 80), "tasks").user_id == "ada"
    with pytest.raises(Unauthenticated):
        TokenVerifier(KEY).verify(signed(iat=now + 3600, exp=now + 3660), "tasks")
    with pytest.raises(Unauthenticated, match="expired"):
        TokenVerifier(KEY).verify(signed(iat=now - 61, exp=now - 1), "tasks")


@pytest.mark.parametrize("part", [TokenSigner, TokenVerifier])
def test_a_short_key_is_refused(part: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        part("short")


@pytest.mark.anyio
@pytest.mark.parametrize("header", ["", "Basic YTpi", "Bearer", "Bearer ", "Bearer nonsense", "bearer nonsense"])
async def test_a_request_without_a_token_that_holds_is_refused(header: str) -> None:
    app = FastAPI()
    install(app)
    identity = Identity(TokenVerifier(KEY), "tasks")

    @app.get("/")
    async def whoami(principal: Principal = Depends(identity)) -> str:  # noqa: B008  FastAPI's way to declare it
        return principal.user_id

    async with client_for(app) as http:
        refused = await http.get("/", headers={"Authorization": header})
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        answer = await http.get("/", headers={"Authorization": f"bearer {TokenSigner(KEY).sign(ADA, 'tasks')}"})
        assert answer.json() == "ada"
