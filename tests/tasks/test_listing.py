"""Lists: filters that combine, several sort keys, pages that stay right, words looked for."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.errors import InvalidField
from tests.tasks.world import World, target

pytestmark = pytest.mark.anyio


def new(title: str, due: str | None = None, **fields: object) -> wire.NewTask:
    date, _, time = (due or "").partition("T")
    when = None if due is None else {"date": date, "time": time or None}
    return wire.NewTask.model_validate({"title": title, "due": when, **fields})


async def titles(client: TasksClient, **query: object) -> list[str]:
    return [task.title for task in (await client.tasks(wire.TaskQuery.model_validate(query))).tasks]


@pytest.fixture
async def some(ada: TasksClient) -> TasksClient:
    await ada.create(
        [
            new("standup", "2026-11-25T09:00", tags=["work"], priority="high"),
            new("dentist", "2026-11-24T08:00", tags=["health"], description="bring x-rays"),
            new("rent", "2026-11-23", priority="urgent", tags=["home", "money"]),
            new("groceries", "2026-11-24", tags=["home"], priority="low"),
            new("read a book"),
            new("party", "2026-11-29T20:00", tags=["home", "fun"]),
        ]
    )
    return ada


async def test_open_tasks_come_by_due_and_those_without_one_last(some: TasksClient) -> None:
    assert await titles(some) == ["rent", "groceries", "dentist", "standup", "party", "read a book"]


@pytest.mark.requirement("R-009")
async def test_filters_combine(some: TasksClient) -> None:
    assert await titles(some, priority="high") == ["standup"]
    assert await titles(some, min_priority="high") == ["rent", "standup"]
    assert await titles(some, tag=["home"]) == ["rent", "groceries", "party"]
    assert await titles(some, tag=["home", "FUN"]) == ["party"]
    assert await titles(some, due_from="2026-11-24", due_to="2026-11-25") == ["groceries", "dentist", "standup"]
    assert await titles(some, due_from="2026-11-24T08:00", due_to="2026-11-25T08:59") == ["dentist"]
    assert await titles(some, tag=["home"], due_to="2026-11-24", min_priority="urgent") == ["rent"]
    assert await titles(some, no_due=True) == ["read a book"]
    assert await titles(some, due_from="2026-11-25") == ["standup", "party"]


async def test_an_all_day_task_is_overdue_once_its_day_is_over_and_a_timed_one_at_once(some: TasksClient) -> None:
    assert await titles(some, overdue=True) == ["rent", "dentist"]


async def test_status_and_trash_choose_what_is_listed(world: World, some: TasksClient) -> None:
    await some.complete([target("rent")])
    world.clock.advance(days=1)
    await some.complete([target("dentist")])
    await some.delete([target("party")])
    assert await titles(some, status="completed") == ["dentist", "rent"]
    assert await titles(some, completed_from="2026-11-25", completed_to="2026-11-25") == ["dentist"]
    assert await titles(some, trash=True) == ["party"]
    assert len(await titles(some, status="all")) == 5


@pytest.mark.requirement("R-010")
async def test_several_sort_keys_decide_one_after_the_other(some: TasksClient) -> None:
    assert await titles(some, sort="priority,-due") == [
        "rent",
        "standup",
        "read a book",
        "party",
        "dentist",
        "groceries",
    ]
    assert await titles(some, sort="title") == sorted(await titles(some))
    assert await titles(some, sort="-created") == await titles(some, sort="number")
    with pytest.raises(InvalidField, match="no sort key"):
        await titles(some, sort="colour")


@pytest.mark.requirement("R-011")
async def test_free_text_finds_the_beginnings_of_words_in_title_description_and_tags_whatever_their_case_and_accents(
    some: TasksClient,
) -> None:
    assert await titles(some, text="X-Rays") == ["dentist"]
    assert await titles(some, text="dent") == ["dentist"]
    assert await titles(some, text="money RENT") == ["rent"]
    assert await titles(some, text="%") == []
    assert await titles(some, text="_") == []
    await some.create([new("100% \\ Ünder_score")])
    assert await titles(some, text="100% ünder_") == ["100% \\ Ünder_score"]
    assert await titles(some, text="UNDER 100") == ["100% \\ Ünder_score"]
    assert await titles(some, text="\\") == []
    assert await titles(some, text='" OR * NEAR(rent) -x') == []


async def test_a_day_is_a_day_where_the_user_is(some: TasksClient) -> None:
    await some.set_preferences(wire.PreferencesEdit(zone="Asia/Tokyo"))
    assert await titles(some, due_from="2026-11-24", due_to="2026-11-24") == ["groceries", "dentist"]
    page = await some.tasks(wire.TaskQuery(due_from="2026-11-24", due_to="2026-11-24"))
    assert [task.due.at for task in page.tasks if task.due] == [
        dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 24, 13, tzinfo=dt.UTC),
    ]


async def test_a_task_is_listed_as_it_is_read_also_after_its_series_or_the_zone_was_changed(ada: TasksClient) -> None:
    await ada.create([new("a", "2026-11-25", rrule="FREQ=DAILY"), new("b", "2026-11-25T09:00"), new("c")])
    await ada.update([wire.TaskEdit(task="a", rrule="FREQ=WEEKLY")])
    for zone in ("Asia/Tokyo", "America/New_York"):
        await ada.set_preferences(wire.PreferencesEdit(zone=zone))
        listed = (await ada.tasks()).tasks
        assert [await ada.task(task.id) for task in listed] == listed
        await ada.complete([target("c")])


async def test_pages_show_every_task_once_while_others_come_and_go(some: TasksClient) -> None:
    query = wire.TaskQuery(limit=2, total=True)
    first = await some.tasks(query)
    assert (first.total, len(first.tasks)) == (6, 2)
    await some.create([new("early", "2026-11-01"), new("late", "2026-12-24")])
    await some.delete([target("rent")])
    seen = [task.title for task in first.tasks]
    page = first
    while page.next_cursor is not None:
        page = await some.tasks(query.model_copy(update={"cursor": page.next_cursor}))
        seen += [task.title for task in page.tasks]
    assert seen == ["rent", "groceries", "dentist", "standup", "party", "late", "read a book"]


@pytest.mark.parametrize("cursor", ["", "x", "W10", "bnVsbA", "WzEsMl0", "ü", "W1tdLFtdXQ" * 50])
async def test_a_cursor_that_is_none_is_refused(some: TasksClient, cursor: str) -> None:
    with pytest.raises(InvalidField, match="cursor"):
        await some.tasks(wire.TaskQuery(cursor=cursor))


async def test_a_cursor_of_another_order_is_refused(some: TasksClient) -> None:
    page = await some.tasks(wire.TaskQuery(limit=1))
    with pytest.raises(InvalidField, match="cursor"):
        await some.tasks(wire.TaskQuery(sort="title", cursor=page.next_cursor))


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1000", "limit=x", "colour=red", "priority=p1", "due_from=soon", "status=gone", "tag"]
)
async def test_a_wrong_query_is_a_problem_that_names_the_parameter(world: World, query: str) -> None:
    response = await world.http.get(f"/api/v1/tasks?{query}", headers=world.headers())
    if query == "tag":
        assert response.status_code == 200
        return
    assert response.status_code == 422
    assert response.json()["field"] == query.partition("=")[0]


KEYS = ["due", "priority", "created", "updated", "completed", "title", "number"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    keys=st.lists(
        st.tuples(st.sampled_from(KEYS), st.booleans()), min_size=1, max_size=4, unique_by=lambda key: key[0]
    ),
    limit=st.integers(1, 4),
)
async def test_in_every_order_the_pages_put_together_are_the_list(
    some: TasksClient, keys: list[tuple[str, bool]], limit: int
) -> None:
    sort = ",".join(f"-{name}" if turned else name for name, turned in keys)
    whole = await titles(some, sort=sort, status="all")
    page = await some.tasks(wire.TaskQuery(sort=sort, status="all", limit=limit))
    seen = [task.title for task in page.tasks]
    while page.next_cursor is not None:
        page = await some.tasks(wire.TaskQuery(sort=sort, status="all", limit=limit, cursor=page.next_cursor))
        seen += [task.title for task in page.tasks]
    assert seen == whole


async def test_few_among_many_and_many_among_many_are_found_in_their_order(ada: TasksClient) -> None:
    """More than 300 of a kind are looked for in another way than fewer: both find the same, on every page."""
    rare = {7, 111, 305, 399}
    for first in range(0, 400, 100):
        await ada.create(
            [
                wire.NewTask(
                    title=f"{'rare' if number in rare else 'common'} {number}",
                    tags=["few", "all"] if number in rare else ["all"],
                    due=wire.DueInput(date=dt.date(2027, 1, 1) + dt.timedelta(days=-number % 97)),
                )
                for number in range(first, first + 100)
            ]
        )
    everything = await titles(ada, limit=100, sort="due,number")
    few = [f"rare {number}" for number in sorted(rare, key=lambda number: (-number % 97, number))]
    for query in ({"tag": ["few"]}, {"text": "rar"}, {"text": "rare", "tag": ["all", "few"]}):
        assert await titles(ada, **query, sort="due,number") == few
        assert await titles(ada, **query, sort="-number") == [f"rare {number}" for number in sorted(rare, reverse=True)]
    for query in ({"tag": ["all"]}, {"tag": ["all"], "text": "co ra"}, {"text": "com"}):
        found = await titles(ada, **query, limit=100, sort="due,number")
        wanted = [] if query.get("text") == "co ra" else everything
        assert [one for one in found if "common" in one][:50] == [one for one in wanted if "common" in one][:50]
