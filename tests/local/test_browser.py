"""A browser gets in by a link that works once, and nobody else by its cookie."""

import asyncio
import datetime as dt
from http.cookies import SimpleCookie
from typing import Any

import httpx2
import pytest

from services.local import browser
from taskora.domain.actor import Actor, ActorKind, Channel
from tests.hosts import HostProcess, LocalHost

pytestmark = pytest.mark.anyio
OWN = "http://localhost"


async def opened(host: LocalHost) -> dict[str, str]:
    """Return the headers of a browser that followed a link."""
    made = await host.http.post("/browser/links", headers=bearer(host, "browser"))
    assert made.status_code == 201, made.text
    page = await host.http.get(made.json()["path"])
    assert page.status_code == 200
    host.http.cookies.clear()
    cookie: SimpleCookie = SimpleCookie(page.headers["set-cookie"])
    [morsel] = cookie.values()
    return {"Cookie": f"{morsel.key}={morsel.value}"}


def bearer(host: LocalHost, audience: str, **claims: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {host.token(audience, **claims)}"}


async def test_a_link_gives_a_cookie_with_which_tasks_are_read_and_made_as_the_persons_own(host: LocalHost) -> None:
    cookie = await opened(host)
    body = {"items": [{"text": "buy milk"}]}
    made = await host.http.post("/api/v1/tasks", json=body, headers={**cookie, "Origin": OWN})
    assert made.status_code == 200, made.text
    listed = await host.http.get("/api/v1/tasks", headers=cookie)
    assert [task["title"] for task in listed.json()["tasks"]] == ["buy milk"]
    [change] = (await host.tasks.changes()).changes
    assert (change.actor["kind"], change.channel) == ("user", "web")


async def test_the_cookie_is_for_this_host_alone_and_out_of_the_reach_of_scripts(host: LocalHost) -> None:
    made = await host.http.post("/browser/links", headers=bearer(host, "browser"))
    page = await host.http.get(made.json()["path"])
    [morsel] = SimpleCookie(page.headers["set-cookie"]).values()
    assert (morsel["httponly"], morsel["samesite"], morsel["path"], morsel["domain"]) == (True, "strict", "/", "")
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"


async def test_a_chat_in_the_browser_is_the_agents_work_by_that_door(host: LocalHost) -> None:
    cookie = await opened(host)
    answer = await host.http.post("/chat", json={"text": "add buy milk"}, headers={**cookie, "Origin": OWN})
    assert answer.status_code == 200
    [change] = (await host.tasks.changes()).changes
    assert (change.actor["kind"], change.channel) == ("agent", "web")


async def test_a_link_works_once_even_when_two_browsers_follow_it_together(host: LocalHost) -> None:
    made = await host.http.post("/browser/links", headers=bearer(host, "browser"))
    together = await asyncio.gather(*(host.http.get(made.json()["path"]) for _ in range(5)))
    assert sorted(page.status_code for page in together) == [200, 403, 403, 403, 403]
    assert (await host.http.get("/open/guess")).status_code == 403


async def test_a_link_that_is_too_old_opens_nothing(host: LocalHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "LINK_LIFETIME", dt.timedelta(seconds=-1))
    made = await host.http.post("/browser/links", headers=bearer(host, "browser"))
    assert (await host.http.get(made.json()["path"])).status_code == 403


async def test_a_browser_that_only_fetches_ahead_does_not_use_the_link_up(host: LocalHost) -> None:
    made = await host.http.post("/browser/links", headers=bearer(host, "browser"))
    ahead = await host.http.get(made.json()["path"], headers={"Sec-Purpose": "prefetch;prerender"})
    assert ahead.status_code == 403
    assert (await host.http.get(made.json()["path"])).status_code == 200


@pytest.mark.parametrize(
    ("audience", "actor"),
    [("tasks", None), ("agent", None), ("browser", Actor(ActorKind.AGENT, "mcp")), (None, None)],
    ids=["of the API", "of the chat", "of an agent", "none"],
)
async def test_only_a_token_of_the_person_for_this_makes_a_link(
    host: LocalHost, audience: str | None, actor: Actor | None
) -> None:
    headers = {} if audience is None else bearer(host, audience, **({} if actor is None else {"actor": actor}))
    assert (await host.http.post("/browser/links", headers=headers)).status_code in {401, 403}


@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "https://localhost"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": OWN, "Sec-Fetch-Site": "same-site"},
        {"Origin": OWN, "Sec-Fetch-Site": "cross-site"},
        {},
    ],
    ids=str,
)
async def test_a_page_of_another_origin_changes_nothing_with_the_cookie(
    host: LocalHost, foreign: dict[str, str]
) -> None:
    cookie = await opened(host)
    body = {"items": [{"text": "buy milk"}]}
    for path, sent in (("/api/v1/tasks", body), ("/chat", {"text": "add buy milk"})):
        refused = await host.http.post(path, json=sent, headers={**cookie, **foreign})
        assert refused.status_code == 403, path
    assert (await host.tasks.tasks()).tasks == []


async def test_a_page_of_another_origin_reads_nothing_with_the_cookie(host: LocalHost) -> None:
    cookie = await opened(host)
    for foreign in ({"Origin": "http://localhost:3000"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await host.http.get("/api/v1/tasks", headers={**cookie, **foreign})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


async def test_a_cookie_that_is_wrong_broken_or_of_another_port_is_no_token(host: LocalHost) -> None:
    name, _, value = (await opened(host))["Cookie"].partition("=")
    for cookie in (f"{name}={value}x", f"{name}=", f"taskora_8710={value}", f"session={value}", ";;=,", "\x80"):
        answer = await host.http.get("/api/v1/tasks", headers=[(b"Cookie", cookie.encode("latin-1"))])
        assert answer.status_code == 401, cookie


async def test_a_cookie_opens_neither_the_operators_routes_nor_the_tools(host: LocalHost) -> None:
    cookie = {**await opened(host), "Origin": OWN}
    assert (await host.http.get("/ops/dead-letters", headers=cookie)).status_code == 401
    assert (await host.http.post("/mcp", json={}, headers=cookie)).status_code == 401
    assert (await host.http.post("/browser/links", headers=cookie)).status_code == 401


async def test_a_browser_that_signs_out_is_out(host: LocalHost) -> None:
    cookie = {**await opened(host), "Origin": OWN}
    assert (await host.http.post("/browser/sign-out", headers={**cookie, "Origin": "null"})).status_code == 403
    assert (await host.http.post("/browser/sign-out", headers=cookie)).status_code == 204
    assert (await host.http.get("/api/v1/tasks", headers=cookie)).status_code == 401


@pytest.mark.timeout(180)
def test_up_and_open_print_a_link_and_the_cookie_outlives_the_host(host_process: HostProcess) -> None:
    link = host_process.command("open").stdout.strip()
    with httpx2.Client(timeout=30) as http:
        assert http.get(link).status_code == 200
        assert http.get(link).status_code == 403
        assert http.cookies
        record = host_process.record
        assert record is not None
        host_process.environment["TASKORA_PORT"] = str(record.port)
        host_process.kill()
        assert host_process.command("up", "--detach").returncode == 0
        assert http.get(f"{record.url}/api/v1/tasks").status_code == 200
    printed = (host_process.data_dir / "taskora.log").read_text()
    assert f"{record.url}/open/" in printed
    assert Channel.WEB not in printed
