"""Wherever a tool shows a repeating task, it tells in words how it repeats."""

import pytest

from tests.mcp_server.calls import Caller

pytestmark = pytest.mark.anyio


@pytest.mark.requirement("R-007")
async def test_every_tool_that_shows_a_task_tells_its_recurrence_in_words(call: Caller) -> None:
    text = "gym every monday and thursday 7am until december 31"
    made = await call("add_tasks", items=[{"text": text}])
    chosen = {"tasks": ["#1"]}
    item = {"task": "#1"}
    answers = {
        "add_tasks": made,
        "get_tasks": await call("get_tasks", **chosen),
        "update_tasks": await call("update_tasks", items=[item | {"priority": "high"}]),
        "reschedule_tasks": await call("reschedule_tasks", items=[item | {"when": "monday 8am"}]),
        "manage_series": await call("manage_series", action="skip", **chosen),
        "complete_tasks": await call("complete_tasks", **chosen),
        "reopen_tasks": await call("reopen_tasks", **chosen),
        "undo": await call("undo"),
    }
    await call("delete_tasks", **chosen)
    answers["restore_tasks"] = await call("restore_tasks", **chosen)
    shown = {tool: answer["results"][0]["task"] for tool, answer in answers.items()}
    shown["find_tasks"] = (await call("find_tasks", status="all"))["tasks"][0]
    await call("reschedule_tasks", items=[{"task": "gym", "when": "today"}])
    shown["get_overview"] = (await call("get_overview"))["attention"][0]
    for tool, task in shown.items():
        assert task.get("repeats", "").startswith("every Mon and Thu"), (tool, task)
        assert task["repeats_until"] == "2026-12-31"
