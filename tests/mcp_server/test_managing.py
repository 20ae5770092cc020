"""Moving, tags and preferences through the tools, over a whole host. It is Tuesday, 24 November 2026, 10:00 in New York."""

import pytest

from tests.mcp_server.calls import Caller

pytestmark = pytest.mark.anyio


async def test_tasks_move_by_words_by_a_span_to_all_day_and_out_of_the_calendar(call: Caller) -> None:
    await call("add_tasks", items=[{"text": f"{title} friday 3pm"} for title in ("alpha", "beta", "gamma", "delta")])
    answer = await call(
        "reschedule_tasks",
        items=[
            {"task": "alpha", "when": "monday"},
            {"task": "beta", "shift": "P1DT2H"},
            {"task": "gamma", "clear_time": True},
            {"task": "delta", "remove": True},
        ],
    )
    alpha, beta, gamma, delta = (result["task"] for result in answer["results"])
    assert (alpha["due"], alpha["due_text"]) == ("2026-11-30T15:00", "Mon 30 Nov 2026, 15:00")
    assert beta["due"] == "2026-11-28T17:00"
    assert gamma["due"] == "2026-11-27"
    assert "due" not in delta
    assert answer["failures"] == 0


async def test_a_move_changes_nothing_else_and_keeps_the_rule(call: Caller) -> None:
    (made,) = (await call("add_tasks", items=[{"text": "every monday review 9am #work !high", "description": "a"}]))[
        "results"
    ]
    (moved,) = (await call("reschedule_tasks", items=[{"task": "review", "when": "tomorrow"}]))["results"]
    assert moved["task"]["due"] == "2026-11-25T09:00"
    timeless = {"due", "due_text", "version"}
    assert {name: value for name, value in moved["task"].items() if name not in timeless} == {
        name: value for name, value in made["task"].items() if name not in timeless
    }


async def test_a_move_of_all_that_follow_moves_the_rule(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "every monday review 9am"}])
    item = {"task": "review", "when": "tuesday", "scope": "future"}
    (moved,) = (await call("reschedule_tasks", items=[item]))["results"]
    assert moved["task"]["repeats"].startswith("every Tue")


@pytest.mark.parametrize(
    "item",
    [
        {"task": "1"},
        {"task": "1", "when": "friday", "shift": "P1D"},
        {"task": "1", "when": "friday", "remove": True},
        {"task": "1", "remove": True, "clear_time": True},
    ],
)
async def test_a_move_that_says_nothing_or_two_things_is_refused(call: Caller, item: dict[str, object]) -> None:
    sentence = await call.refused("reschedule_tasks", items=[item])
    assert sentence.startswith("items.0: give one of when, shift, clear_time and remove")


async def test_an_item_that_failed_is_named_with_what_to_do_and_does_not_undo_the_others(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "alpha friday"}, {"text": "beta bill"}, {"text": "beta visit"}])
    answer = await call(
        "reschedule_tasks",
        items=[
            {"task": "alpha", "when": "monday"},
            {"task": "beta", "when": "monday"},
            {"task": "omega", "when": "monday"},
            {"task": "#2", "when": "glorp"},
        ],
    )
    assert answer["failures"] == 3
    problems = [result["problem"] for result in answer["results"] if not result["ok"]]
    assert [(problem["item"], problem["code"]) for problem in problems] == [
        (1, "ambiguous"),
        (2, "not_found"),
        (3, "not_understood"),
    ]
    assert all(problem["advice"] for problem in problems)
    assert [candidate["number"] for candidate in problems[0]["candidates"]] == [2, 3]


async def test_a_stale_version_comes_with_the_task_as_it_is(call: Caller) -> None:
    await call("add_tasks", items=[{"title": "memo"}])
    await call("update_tasks", items=[{"task": "1", "title": "note"}])
    late = await call.failing("update_tasks", items=[{"task": "1", "title": "x", "version": 1}])
    assert late["results"][0]["problem"]["task"]["title"] == "note"


async def test_reminders_length_and_deadline_are_set_and_reminders_taken_away(call: Caller) -> None:
    item = {"text": "talk friday 3pm", "reminders": ["-PT45M"], "duration_min": 30, "deadline": "2026-12-01"}
    (made,) = (await call("add_tasks", items=[item]))["results"]
    assert {name: made["task"][name] for name in ("reminders", "duration_min", "deadline")} == {
        "reminders": ["-PT45M"],
        "duration_min": 30,
        "deadline": "2026-12-01",
    }
    (quiet,) = (await call("update_tasks", items=[{"task": "1", "reminders": []}]))["results"]
    assert "reminders" not in quiet["task"]
    assert quiet["task"]["duration_min"] == 30


async def test_tags_are_listed_renamed_joined_coloured_and_taken_away(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "a #work"}, {"text": "b #job"}, {"text": "c #home"}])
    listed = await call("manage_tags", action="list")
    assert {tag["name"]: tag["open"] for tag in listed["tags"]} == {"work": 1, "job": 1, "home": 1}
    coloured = await call("manage_tags", action="colour", items=[{"tag": "home", "colour": "#112233"}])
    assert coloured["results"][0]["tag"] == {"name": "home", "colour": "#112233"}
    plain = await call("manage_tags", action="colour", items=[{"tag": "home", "colour": "none"}])
    assert plain["results"][0]["tag"] == {"name": "home"}
    joined = await call("manage_tags", action="rename", items=[{"tag": "job", "name": "work"}])
    assert "joined" in joined["results"][0]["assumptions"][0]
    gone = await call("manage_tags", action="delete", items=[{"tag": "home"}, {"tag": "nowhere"}])
    assert [result["ok"] for result in gone["results"]] == [True, False]
    assert gone["results"][1]["problem"]["advice"]
    assert [tag["name"] for tag in (await call("manage_tags", action="list"))["tags"]] == ["work"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"action": "delete"}, "without items nothing is meant"),
        ({"action": "delete", "items": []}, "without items nothing is meant"),
        ({"action": "list", "items": [{"tag": "a"}]}, "list takes no items"),
        ({"action": "rename", "items": [{"tag": "a"}]}, "an item holds tag and name"),
        ({"action": "delete", "items": [{"tag": "a", "name": "b"}]}, "an item holds a tag alone"),
    ],
)
async def test_an_action_on_tags_that_names_none_never_means_all(
    call: Caller, arguments: dict[str, object], sentence: str
) -> None:
    await call("add_tasks", items=[{"text": "a #work"}])
    assert sentence in await call.refused("manage_tags", **arguments)
    assert len((await call("manage_tags", action="list"))["tags"]) == 1


async def test_preferences_are_read_and_changed_in_part(call: Caller) -> None:
    before = await call("preferences")
    assert before["zone"] == "America/New_York"
    assert before["default_reminder_minutes"] == 30
    after = await call("preferences", set={"week_start": "sunday", "no_default_reminder": True})
    assert after["week_start"] == "sunday"
    assert "default_reminder_minutes" not in after
    kept = {"zone", "locale", "date_order", "all_day_time", "require_end"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    again = await call("preferences", set={"default_reminder_minutes": 15, "all_day_time": "08:30"})
    assert (again["default_reminder_minutes"], again["all_day_time"]) == (15, "08:30")
    assert await call("preferences") == again


async def test_a_preference_that_is_none_says_what_is_one(call: Caller) -> None:
    assert "IANA" in await call.refused("preferences", set={"zone": "Mars/Olympus"})
    assert "leave set out" in await call.refused("preferences", set={})


async def test_tasks_are_found_by_tags_rules_and_time_of_making(call: Caller) -> None:
    await call(
        "add_tasks",
        items=[{"text": "a #x"}, {"text": "b #y"}, {"text": "c #x #z"}, {"text": "every monday d"}],
    )

    async def titles(**asked: object) -> list[str]:
        return [task["title"] for task in (await call("find_tasks", sort="number", **asked))["tasks"]]

    assert await titles(any_tags=["x", "y"]) == ["a", "b", "c"]
    assert await titles(tags=["x"], no_tags=["z"]) == ["a"]
    assert await titles(untagged=True) == ["d"]
    assert await titles(repeats=True) == ["d"]
    assert await titles(repeats=False) == ["a", "b", "c"]
    assert await titles(created_from="2026-11-24", created_to="2026-11-24") == ["a", "b", "c", "d"]
    assert await titles(created_to="2026-11-23") == []
