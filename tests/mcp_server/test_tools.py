"""What each tool does, by the official client over a whole host. It is Tuesday, 24 November 2026, 10:00 in New York."""

import pytest

from tests.hosts import LocalHost
from tests.mcp_server.calls import Caller

pytestmark = pytest.mark.anyio


async def test_a_task_is_added_from_words_and_told_with_weekday_and_rule(call: Caller) -> None:
    answer = await call("add_tasks", items=[{"text": "daily task standup due 9am tagged work"}])
    (result,) = answer["results"]
    task = result["task"]
    assert {key: task[key] for key in ("number", "title", "status", "priority", "tags", "due", "due_text", "zone")} == {
        "number": 1,
        "title": "standup",
        "status": "open",
        "priority": "medium",
        "tags": ["work"],
        "due": "2026-11-25T09:00",
        "due_text": "Wed 25 Nov 2026, 09:00",
        "zone": "America/New_York",
    }
    assert task["repeats"].startswith("every day")
    assert "repeats_until" not in task


async def test_fields_say_the_same_as_words_and_win_over_them(call: Caller) -> None:
    answer = await call(
        "add_tasks",
        items=[
            {"title": "rent", "when": "friday 5pm", "repeat": "every month", "priority": "high", "tags": ["home"]},
            {"text": "rent tomorrow", "when": "friday", "description": "the whole of it"},
        ],
    )
    first, second = (result["task"] for result in answer["results"])
    assert (first["title"], first["due"], first["priority"], first["tags"]) == (
        "rent",
        "2026-11-27T17:00",
        "high",
        ["home"],
    )
    assert "month" in first["repeats"]
    assert (second["title"], second["due"], second["description"]) == ("rent", "2026-11-27", "the whole of it")


async def test_words_are_read_as_of_the_moment_at_which_they_were_said(call: Caller) -> None:
    answer = await call("add_tasks", items=[{"text": "call Bo tomorrow"}], said_at="2026-12-31T23:30:00-05:00")
    assert answer["results"][0]["task"]["due"] == "2027-01-01"


async def test_a_bad_item_says_what_to_change_and_leaves_the_good_ones(call: Caller) -> None:
    answer = await call("add_tasks", items=[{"text": "pay dues feb 30"}, {"text": "buy milk"}, {"title": "x" * 600}])
    impossible, good, long = answer["results"]
    assert good["task"]["title"] == "buy milk"
    assert "30" in impossible["problem"]["detail"]
    assert "500" in long["problem"]["detail"] + long["problem"].get("advice", "")
    assert (await call("find_tasks"))["total"] == 1


async def test_a_call_of_which_nothing_succeeded_is_an_error(call: Caller) -> None:
    answer = await call.failing("complete_tasks", tasks=["no such thing"])
    assert answer["results"][0]["problem"]["code"] == "not_found"


async def test_a_request_that_comes_twice_acts_once(call: Caller) -> None:
    request = {"items": [{"text": "buy milk"}], "client_request_id": "r-1"}
    first, second = await call("add_tasks", **request), await call("add_tasks", **request)
    assert first == second
    assert (await call("find_tasks"))["total"] == 1
    sentence = await call.refused("add_tasks", items=[{"text": "buy eggs"}], client_request_id="r-1")
    assert "new key" in sentence


async def test_filters_combine(call: Caller) -> None:
    await call(
        "add_tasks",
        items=[
            {"text": "essay yesterday", "priority": "high", "tags": ["school"]},
            {"text": "lab report friday", "priority": "urgent", "tags": ["school", "lab"]},
            {"text": "read novel", "priority": "low"},
        ],
    )

    async def titles(**asked: object) -> list[str]:
        return [task["title"] for task in (await call("find_tasks", **asked))["tasks"]]

    assert await titles() == ["essay", "lab report", "read novel"]
    assert await titles(overdue=True) == ["essay"]
    assert await titles(when="this week", tags=["school"], min_priority="urgent") == ["lab report"]
    assert await titles(priority="high") == ["essay"]
    assert await titles(no_due=True) == ["read novel"]
    assert await titles(text="novel") == ["read novel"]
    assert await titles(tags=["school", "lab"]) == ["lab report"]
    assert await titles(sort="-priority,title") == ["read novel", "essay", "lab report"]
    assert await titles(status="completed") == []


async def test_a_long_list_comes_in_pages(call: Caller) -> None:
    await call("add_tasks", items=[{"title": f"task {n}"} for n in range(25)])
    first = await call("find_tasks", limit=20, sort="number")
    second = await call("find_tasks", limit=20, sort="number", cursor=first["next_cursor"])
    assert first["total"] == 25
    assert [task["number"] for task in first["tasks"] + second["tasks"]] == list(range(1, 26))
    assert "next_cursor" not in second


async def test_the_period_that_was_read_is_told(call: Caller) -> None:
    period = (await call("find_tasks", when="this week"))["period"]
    assert (period["from"], period["to"]) == ("2026-11-23", "2026-11-29")


async def test_a_period_that_cannot_be_read_is_a_sentence(call: Caller) -> None:
    assert "glorp" in await call.refused("find_tasks", when="glorp")


async def test_an_update_leaves_what_is_not_sent(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "dentist friday 3pm #health", "description": "bring the card"}])
    answer = await call("update_tasks", items=[{"task": "dentist", "when": "monday", "tags_add": ["teeth"]}])
    task = answer["results"][0]["task"]
    assert (task["due"], task["tags"], task["description"]) == (
        "2026-11-30T15:00",
        ["health", "teeth"],
        "bring the card",
    )


async def test_moving_a_repeating_task_keeps_its_rule_and_clearing_it_ends_it(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "every monday review"}])
    moved = (await call("update_tasks", items=[{"task": "#1", "when": "tomorrow"}]))["results"][0]["task"]
    assert (moved["due"], moved["repeats"]) == ("2026-11-25", "every Mon")
    single = (await call("update_tasks", items=[{"task": "#1", "clear": ["repeat"]}]))["results"][0]["task"]
    assert single["due"] == "2026-11-25"
    assert "repeats" not in single


async def test_a_stale_version_is_refused(call: Caller) -> None:
    task = (await call("add_tasks", items=[{"title": "memo"}]))["results"][0]["task"]
    await call("update_tasks", items=[{"task": task["id"], "title": "note", "version": task["version"]}])
    late = await call.failing("update_tasks", items=[{"task": task["id"], "title": "x", "version": task["version"]}])
    assert late["results"][0]["problem"]["code"] == "stale_version"


async def test_completing_a_repeating_task_gives_number_and_date_of_the_next(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "daily task standup due 9am"}, {"text": "buy milk"}])
    answer = await call("complete_tasks", tasks=["standup", "#2"])
    standup, milk = (result["task"] for result in answer["results"])
    following = standup["next"]
    assert (following["state"], following["number"], following["due_text"]) == ("made", 3, "Thu 26 Nov 2026, 09:00")
    assert "next" not in milk
    assert milk["status"] == "completed"


async def test_completing_by_name_again_takes_the_next_occurrence_so_the_tool_is_not_idempotent(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "daily task standup due 9am"}])
    first = (await call("complete_tasks", tasks=["standup"]))["results"][0]["task"]
    second = (await call("complete_tasks", tasks=["standup"]))["results"][0]["task"]
    assert (first["number"], second["number"]) == (1, 2)


async def test_words_that_fit_several_give_the_candidates(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "dentist bill"}, {"text": "dentist visit friday"}])
    problem = (await call.failing("delete_tasks", tasks=["dentist"]))["results"][0]["problem"]
    assert problem["code"] == "ambiguous"
    assert {candidate["number"] for candidate in problem["candidates"]} == {1, 2}
    assert (await call("find_tasks"))["total"] == 2


async def test_delete_and_restore_and_reopen_go_there_and_back(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "picnic saturday"}])
    deleted = (await call("delete_tasks", tasks=["picnic"]))["results"][0]["task"]
    assert deleted["deleted_at"]
    assert [task["number"] for task in (await call("find_tasks", status="trash"))["tasks"]] == [1]
    assert (await call("restore_tasks", tasks=["picnic"]))["results"][0]["task"]["due"] == "2026-11-28"
    await call("complete_tasks", tasks=["picnic"])
    assert (await call("reopen_tasks", tasks=["picnic"]))["results"][0]["task"]["status"] == "open"


async def test_undo_takes_a_whole_batch_back_and_then_the_one_before(call: Caller) -> None:
    await call("add_tasks", items=[{"title": "a"}, {"title": "b"}])
    await call("complete_tasks", tasks=["a", "b"])
    undone = await call("undo")
    assert undone["undone"]
    assert [result["task"]["status"] for result in undone["results"]] == ["open", "open"]
    await call("undo")
    assert (await call("find_tasks"))["total"] == 0
    assert "undo" in await call.refused("undo")


async def test_what_a_tool_does_is_stored_as_the_agents_for_the_user(call: Caller, host: LocalHost) -> None:
    await call("add_tasks", items=[{"title": "a"}])
    (change,) = (await host.tasks.changes()).changes
    assert change.actor == {"kind": "agent", "name": "desktop"}
    assert change.channel == "mcp"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("find_tasks", {}),
        ("find_tasks", {"when": "today"}),
        ("find_tasks", {"status": "all"}),
        ("find_tasks", {"text": "a"}),
        ("get_overview", {}),
        ("get_tasks", {"tasks": ["#1"]}),
        ("get_activity", {"task": "#1"}),
    ],
)
async def test_a_tool_that_says_it_only_reads_changes_nothing(
    call: Caller, host: LocalHost, tool: str, arguments: dict[str, object]
) -> None:
    await call("add_tasks", items=[{"title": "a"}])
    before = await host.tasks.changes()
    await call(tool, **arguments)
    assert await host.tasks.changes() == before


async def test_tools_that_say_they_only_add_leave_other_tasks_alone(call: Caller) -> None:
    """`destructive` false: adding, completing and restoring take nothing away that was there."""
    await call("add_tasks", items=[{"text": "daily task standup due 9am #work"}])
    before = (await call("find_tasks"))["tasks"]
    await call("add_tasks", items=[{"title": "b"}])
    assert (await call("find_tasks", text="standup"))["tasks"] == before
    done = (await call("complete_tasks", tasks=["#1"]))["results"][0]["task"]
    assert {key: done[key] for key in ("title", "due", "tags")} == {
        key: before[0][key] for key in ("title", "due", "tags")
    }
