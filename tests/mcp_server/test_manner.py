"""How a change is made: tried without being made, all or none, once although it was sent twice. Over a whole host."""

from typing import Any

import pytest

from tests.hosts import LocalHost
from tests.mcp_server.calls import Caller

pytestmark = pytest.mark.anyio

SOME = [{"text": "every monday review 9am #work"}, {"text": "dentist friday"}, {"text": "memo"}, {"text": "old"}]
WRITES: dict[str, dict[str, Any]] = {
    "add_tasks": {"items": [{"text": "call Bo tomorrow"}]},
    "update_tasks": {"items": [{"task": "#2", "priority": "high", "note": "again"}]},
    "reschedule_tasks": {"items": [{"task": "#2", "shift": "P1D"}]},
    "complete_tasks": {"tasks": ["#1", "#2"]},
    "reopen_tasks": {"tasks": ["#3"]},
    "delete_tasks": {"tasks": ["#2"]},
    "restore_tasks": {"tasks": ["#4"]},
    "manage_series": {"action": "skip", "tasks": ["#1"]},
    "manage_tags": {"action": "rename", "items": [{"tag": "work", "name": "job"}]},
    "preferences": {"set": {"week_start": "sunday"}},
    "undo": {},
}


@pytest.fixture
async def stored(call: Caller) -> Caller:
    """Give a caller that has four tasks: two open, one completed, one in the trash."""
    await call("add_tasks", items=SOME)
    await call("complete_tasks", tasks=["#3"])
    await call("delete_tasks", tasks=["#4"])
    return call


async def everything(call: Caller, host: LocalHost) -> list[object]:
    """Return all that a tool might change."""
    return [
        (await call("find_tasks", status="all"))["tasks"],
        (await call("find_tasks", status="trash"))["tasks"],
        await call("manage_tags", action="list"),
        await call("preferences"),
        await host.tasks.changes(),
    ]


@pytest.mark.parametrize("tool", WRITES)
async def test_a_dry_run_says_what_would_happen_and_changes_nothing(stored: Caller, host: LocalHost, tool: str) -> None:
    before = await everything(stored, host)
    tried = await stored(tool, **WRITES[tool], dry_run=True, client_request_id="once")
    assert tried.pop("dry_run") is True
    assert "command_id" not in tried
    assert await everything(stored, host) == before
    done = await stored(tool, **WRITES[tool])
    assert "dry_run" not in done
    assert done.get("failures", 0) == 0
    assert await everything(stored, host) != before
    for one, other in zip(tried.get("results", []), done.get("results", []), strict=True):
        assert one["ok"] == other["ok"]
        assert one.get("task", {}).get("due") == other.get("task", {}).get("due")


@pytest.mark.parametrize("tool", WRITES)
async def test_a_call_that_is_sent_again_acts_once_and_answers_the_same(
    stored: Caller, host: LocalHost, tool: str
) -> None:
    first = await stored(tool, **WRITES[tool], client_request_id="r-1")
    after = (await host.tasks.changes()).changes
    again = await stored(tool, **WRITES[tool], client_request_id="r-1")
    of_user = [change for change in (await host.tasks.changes()).changes if change.actor["kind"] != "system"]
    assert of_user == [change for change in after if change.actor["kind"] != "system"]
    assert without_next(again) == without_next(first)


def without_next(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without what comes later: the next occurrence of a completed task."""
    results = [
        result | {"task": {name: value for name, value in result["task"].items() if name != "next"}}
        for result in answer.get("results", [])
        if "task" in result
    ]
    return answer | ({"results": results} if results else {})


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("add_tasks", {"items": [{"text": "a"}, {"title": "x" * 600}]}),
        ("update_tasks", {"items": [{"task": "#2", "title": "x"}, {"task": "omega", "title": "y"}]}),
        ("reschedule_tasks", {"items": [{"task": "#2", "when": "monday"}, {"task": "#1", "when": "glorp"}]}),
        ("complete_tasks", {"tasks": ["#2", "omega"]}),
        ("reopen_tasks", {"tasks": ["#3", "#2"]}),
        ("delete_tasks", {"tasks": ["#2", "omega"]}),
        ("restore_tasks", {"tasks": ["#4", "#2"]}),
        ("manage_series", {"action": "stop", "tasks": ["#1", "#2"]}),
        ("manage_tags", {"action": "delete", "items": [{"tag": "work"}, {"tag": "omega"}]}),
    ],
)
async def test_all_or_none_does_none_when_one_item_is_refused(
    stored: Caller, host: LocalHost, tool: str, arguments: dict[str, Any]
) -> None:
    before = await everything(stored, host)
    answer = await stored.failing(tool, **arguments, atomic=True)
    assert answer["failures"] == 2
    assert "not_done" in {result["problem"]["code"] for result in answer["results"]}
    assert all(result["problem"]["advice"] for result in answer["results"])
    assert await everything(stored, host) == before
    assert (await stored(tool, **arguments))["failures"] == 1


async def test_a_preference_that_is_set_twice_is_as_if_it_was_set_once(stored: Caller, host: LocalHost) -> None:
    """`idempotent` true: only preferences name all that they change."""
    await stored("preferences", set={"week_start": "sunday"})
    once = await everything(stored, host)
    await stored("preferences", set={"week_start": "sunday"})
    assert await everything(stored, host) == once
