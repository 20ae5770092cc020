"""How things stand, the whole of a task, and what was done, over a whole host. It is Tuesday, 24 November 2026, 10:00."""

import json

import pytest

from tests.hosts import LocalHost
from tests.mcp_server.calls import Caller

pytestmark = pytest.mark.anyio


async def test_the_overview_counts_and_shows_what_is_overdue_then_what_is_due_today(call: Caller) -> None:
    await call(
        "add_tasks",
        items=[
            {"text": "call Bo today 3pm #work"},
            {"text": "essay yesterday", "priority": "urgent"},
            {"text": "every monday review #work"},
            {"text": "read novel"},
        ],
    )
    await call("complete_tasks", tasks=["novel"])
    found = await call("get_overview")
    assert {name: found[name] for name in ("now", "zone", "today", "today_text")} == {
        "now": "2026-11-24T10:00:00-05:00",
        "zone": "America/New_York",
        "today": "2026-11-24",
        "today_text": "Tue 24 Nov 2026",
    }
    counted = ("open", "overdue", "due_today", "no_due", "repeating", "urgent", "completed_today")
    assert [found[name] for name in counted] == [3, 1, 1, 0, 1, 1, 1]
    assert found["tags"] == [{"name": "work", "open": 2}]
    assert [task["title"] for task in found["attention"]] == ["essay", "call Bo"]
    assert (await call("get_overview", limit=0))["attention"] == []


async def test_tasks_are_got_by_number_id_and_words_in_one_call(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "dentist bill"}, {"text": "dentist visit friday"}, {"text": "picnic"}])
    await call("delete_tasks", tasks=["picnic"])
    first = (await call("get_tasks", tasks=["#1"]))["results"][0]["task"]
    answer = await call("get_tasks", tasks=["visit", first["id"], 3, "dentist", "omega"])
    visit, bill, picnic, several, none = answer["results"]
    assert (visit["task"]["title"], bill["task"], picnic["task"]["title"]) == ("dentist visit", first, "picnic")
    assert {candidate["number"] for candidate in several["problem"]["candidates"]} == {1, 2}
    assert (none["problem"]["code"], none["problem"]["item"]) == ("not_found", 4)
    assert answer["failures"] == 2
    assert "command_id" not in answer
    assert (await call.failing("get_tasks", tasks=["picnic"], scope="open"))["failures"] == 1


async def test_a_completed_occurrence_names_the_one_that_follows(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "daily task standup due 9am"}])
    following = (await call("complete_tasks", tasks=["standup"]))["results"][0]["task"]["next"]
    done = (await call("get_tasks", tasks=["#1"]))["results"][0]["task"]
    assert done["next"] == {"state": "made", "id": following["id"]}


async def test_a_list_shows_the_beginning_of_a_long_description_and_get_tasks_all_of_it(call: Caller) -> None:
    long = "word " * 1000 + "end"
    await call("add_tasks", items=[{"title": "a", "description": long}, {"title": "b", "description": "short"}])
    first, second = (await call("find_tasks", sort="number"))["tasks"]
    assert first["description"] == long[:300] + "… (cut; get_tasks of this one alone gives it whole)"
    assert second["description"] == "short"
    assert (await call("get_tasks", tasks=["#1"]))["results"][0]["task"]["description"] == long


async def test_the_largest_answers_stay_within_what_an_assistant_takes_in(call: Caller) -> None:
    """Claude Code cuts an answer off at 25,000 tokens, of about four characters."""
    for _ in range(4):
        await call("add_tasks", items=[{"title": "a", "description": "word " * 3000, "tags": ["work"]}] * 50)
    for tool, arguments in (
        ("find_tasks", {"limit": 200}),
        ("get_tasks", {"tasks": list(range(1, 101))}),
        ("update_tasks", {"items": [{"task": str(number), "priority": "high"} for number in range(1, 101)]}),
    ):
        assert len(json.dumps(await call(tool, **arguments))) < 25_000 * 4, tool


async def test_the_activity_says_who_did_what_the_newest_first_in_pages(call: Caller, host: LocalHost) -> None:
    await call("add_tasks", items=[{"text": "dentist friday 3pm"}])
    await call("reschedule_tasks", items=[{"task": "dentist", "when": "monday"}])
    await host.say("call Bo tomorrow")
    moved, made = (await call("get_activity", task="dentist"))["activity"]
    assert (made["type"], moved["type"], moved["by"], moved["channel"]) == (
        "task.created",
        "task.updated",
        "the agent",
        "mcp",
    )
    assert (moved["at"], moved["task"]["number"]) == ("2026-11-24T10:00:00-05:00", 1)
    assert "Mon 30 Nov" in moved["text"]
    first = await call("get_activity", limit=1)
    second = await call("get_activity", limit=5, cursor=first["next_cursor"])
    assert [change["task"]["title"] for change in first["activity"] + second["activity"]] == [
        "call Bo",
        "dentist",
        "dentist",
    ]
    assert "next_cursor" not in second
    assert (await call("get_activity", when="yesterday"))["activity"] == []
    assert len((await call("get_activity", when="today", type="task.created", actor="agent"))["activity"]) == 2


async def test_an_activity_of_a_name_that_fits_several_is_refused_with_the_candidates(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "dentist bill"}, {"text": "dentist visit friday"}])
    lines = (await call.refused("get_activity", task="dentist")).splitlines()
    assert lines[0].startswith("Several tasks fit")
    assert sorted(lines[1:]) == ["#1 dentist bill", "#2 dentist visit (Fri 27 Nov 2026)"]


async def test_a_command_further_back_is_undone_by_its_id_and_is_told_as_undone(call: Caller) -> None:
    first = await call("add_tasks", items=[{"title": "a"}, {"title": "b"}])
    await call("add_tasks", items=[{"title": "c"}])
    undone = await call("undo", command_id=first["command_id"])
    assert undone["failures"] == 0
    assert [task["title"] for task in (await call("find_tasks"))["tasks"]] == ["c"]
    told = (await call("get_activity", type="task.created"))["activity"]
    assert {change["task"]["title"]: change.get("undone", False) for change in told} == {
        "a": True,
        "b": True,
        "c": False,
    }
