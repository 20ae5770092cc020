"""What manage_series does, over a whole host. It is Tuesday, 24 November 2026, 10:00 in New York."""

import pytest

from tests.mcp_server.calls import Caller

pytestmark = pytest.mark.anyio


async def dates(call: Caller, task: str, count: int = 3) -> list[str]:
    (result,) = (await call("manage_series", action="dates", tasks=[task], count=count))["results"]
    return [date["due"] for date in result["dates"]]


async def test_the_dates_to_come_are_told_with_weekday_and_where_they_end(call: Caller) -> None:
    await call(
        "add_tasks", items=[{"text": "every monday 9am review"}, {"text": "daily pills for 3 days"}, {"title": "x"}]
    )
    answer = await call("manage_series", action="dates", tasks=["review", "pills", "x"], count=2)
    review, pills, single = answer["results"]
    assert review["dates"] == [
        {"due": "2026-12-07T09:00", "due_text": "Mon 7 Dec 2026, 09:00"},
        {"due": "2026-12-14T09:00", "due_text": "Mon 14 Dec 2026, 09:00"},
    ]
    assert "ends" not in review
    assert pills["ends"] is True
    assert (single["problem"]["code"], single["problem"]["item"]) == ("conflict", 2)


async def test_a_date_is_skipped_and_the_task_stays(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "every monday review"}])
    (result,) = (await call("manage_series", action="skip", tasks=["review"]))["results"]
    assert (result["task"]["number"], result["task"]["due"]) == (1, "2026-12-07")
    assert "Mon 7 Dec" in result["assumptions"][0]


async def test_a_series_is_stopped_and_its_open_task_stays(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "every monday review"}])
    (result,) = (await call("manage_series", action="stop", tasks=["review"]))["results"]
    assert (result["task"]["status"], result["task"]["series"]) == ("open", "stopped")
    assert "repeats" not in result["task"]


async def test_days_are_left_out_and_put_in_by_words(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "every monday review"}])
    await call("manage_series", action="exclude", tasks=["review"], days=["7 dec"])
    assert await dates(call, "review") == ["2026-12-14", "2026-12-21", "2026-12-28"]
    await call("manage_series", action="include", tasks=["review"], days=["7 dec"])
    assert await dates(call, "review", 1) == ["2026-12-07"]


async def test_a_rule_is_changed_and_ended_by_words_and_told_in_words(call: Caller) -> None:
    await call("add_tasks", items=[{"text": "every monday review"}])
    (changed,) = (await call("manage_series", action="change", tasks=["review"], repeat="every 2 weeks"))["results"]
    assert changed["task"]["repeats"].startswith("every other week")
    (ended,) = (await call("manage_series", action="change", tasks=["review"], ends="after 5 times"))["results"]
    assert ended["task"]["repeats_times"] == 5
    assert ended["task"]["repeats"].startswith("every other week")
    (endless,) = (await call("manage_series", action="change", tasks=["review"], ends="never"))["results"]
    assert "repeats_times" not in endless["task"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"action": "exclude"}, "the action exclude takes days"),
        ({"action": "change"}, "the action change takes ends or repeat"),
        ({"action": "skip", "days": ["monday"]}, "the action skip takes tasks alone"),
        ({"action": "stop", "count": 3}, "the action stop takes tasks alone"),
        ({"action": "change", "repeat": "daily", "days": ["monday"]}, "the action change takes ends or repeat"),
    ],
)
async def test_an_action_takes_its_own_arguments_only(
    call: Caller, arguments: dict[str, object], sentence: str
) -> None:
    assert sentence in await call.refused("manage_series", tasks=["1"], **arguments)
