"""Tags of a user: their colours, other names, and what the tasks that have them show."""

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from taskora.domain.events import EventType
from tests.tasks.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def tagged(ada: TasksClient) -> TasksClient:
    for title, names in (("report", ["Work", "urgent"]), ("invoice", ["work"]), ("milk", ["home"])):
        await ada.create([wire.NewTask(title=title, tags=names)])
    return ada


async def names(client: TasksClient) -> list[tuple[str, str | None, int | None]]:
    return [(tag.name, tag.colour, tag.open) for tag in (await client.tags()).tags]


async def titles(client: TasksClient, **query: object) -> list[str]:
    return [task.title for task in (await client.tasks(wire.TaskQuery.model_validate(query))).tasks]


def detail(answer: wire.TagAnswer) -> tuple[str | None, str]:
    (result,) = answer.results
    assert result.problem is not None
    return result.problem.field, result.problem.detail + result.problem.advice


@pytest.mark.requirement("R-004")
async def test_a_tag_is_made_on_use_belongs_to_its_user_and_takes_a_colour(
    tagged: TasksClient, bob: TasksClient
) -> None:
    assert await names(tagged) == [("home", None, 1), ("urgent", None, 1), ("Work", None, 2)]
    (red,) = (await tagged.update_tags([wire.TagEdit(tag="WORK", colour="#FF8800")])).results
    assert red.tag == wire.Tag(name="Work", colour="#ff8800")
    await tagged.update_tags([wire.TagEdit(tag="home", colour="Blue")])
    assert await names(tagged) == [("home", "#2b6cb0", 1), ("urgent", None, 1), ("Work", "#ff8800", 2)]
    await tagged.update_tags([wire.TagEdit(tag="home", colour=None)])
    assert (await names(tagged))[0] == ("home", None, 1)
    assert await names(bob) == []
    assert "no tag" in detail(await bob.update_tags([wire.TagEdit(tag="work", name="mine")]))[1]


async def test_another_name_is_shown_and_found_on_every_task_that_has_the_tag(tagged: TasksClient) -> None:
    await tagged.update_tags([wire.TagEdit(tag="work", name="Office")])
    (report,) = (await tagged.tasks(wire.TaskQuery(text="report"))).tasks
    assert report.tags == ["Office", "urgent"]
    assert await titles(tagged, tag=["office"]) == ["report", "invoice"]
    assert await titles(tagged, text="offi") == ["report", "invoice"]
    assert await titles(tagged, text="work") == []


async def test_the_name_of_another_tag_joins_the_two_and_says_so(tagged: TasksClient) -> None:
    await tagged.create([wire.NewTask(title="both", tags=["home", "work"])])
    (joined,) = (await tagged.update_tags([wire.TagEdit(tag="home", name="work")])).results
    assert joined.assumptions == ["joined with the tag “Work” that was there already"]
    assert await names(tagged) == [("urgent", None, 1), ("Work", None, 4)]
    assert (await tagged.tasks(wire.TaskQuery(text="both"))).tasks[0].tags == ["Work"]


async def test_a_tag_that_is_taken_away_leaves_its_tasks(tagged: TasksClient) -> None:
    (gone,) = (await tagged.delete_tags([wire.TagTarget(tag="work")])).results
    assert (gone.tag, gone.assumptions) == (None, ["taken off 2 tasks"])
    assert await names(tagged) == [("home", None, 1), ("urgent", None, 1)]
    assert sorted(await titles(tagged)) == ["invoice", "milk", "report"]
    assert await titles(tagged, text="work") == []


async def test_each_change_of_a_tag_is_one_numbered_change_with_its_event(tagged: TasksClient, world: World) -> None:
    await world.take()
    await tagged.update_tags([wire.TagEdit(tag="work", name="Office", colour="red"), wire.TagEdit(tag="home")])
    await tagged.delete_tags([wire.TagTarget(tag="home")])
    renamed, removed = await world.take()
    assert renamed.type == removed.type == EventType.TAG_UPDATED
    assert renamed.data["changes"] == {"name": ["Work", "Office"], "colour": [None, "#d92d20"]}
    assert removed.data["changes"] == {"deleted": [False, True]}
    assert renamed.data["sequence"] == 4
    assert removed.data["sequence"] == 5


@pytest.mark.parametrize(
    ("edit", "field", "said"),
    [
        (wire.TagEdit(tag="work", colour="reddish"), "colour", "#rrggbb, or one of red"),
        (wire.TagEdit(tag="work", colour="#12345"), "colour", "#rrggbb"),
        (wire.TagEdit(tag="work", name="x" * 51), "name", "50 are allowed"),
        (wire.TagEdit(tag="work", name="#"), "name", "needs a name"),
        (wire.TagEdit(tag="nothing"), "tag", "no tag"),
    ],
)
async def test_what_is_wrong_with_a_tag_names_the_field_and_what_is_accepted(
    tagged: TasksClient, edit: wire.TagEdit, field: str, said: str
) -> None:
    named, text = detail(await tagged.update_tags([edit]))
    assert named == field
    assert said in text


async def test_filters_by_tags_combine_all_one_of_and_none_of(tagged: TasksClient) -> None:
    assert await titles(tagged, any_tag=["urgent", "home"]) == ["report", "milk"]
    assert await titles(tagged, no_tag=["work"]) == ["milk"]
    assert await titles(tagged, tag=["work"], no_tag=["urgent"]) == ["invoice"]
    assert await titles(tagged, any_tag=["never used"]) == []
    assert await titles(tagged, no_tag=["never used"]) == ["report", "invoice", "milk"]


async def test_tasks_without_any_tag_are_found(tagged: TasksClient) -> None:
    await tagged.create([wire.NewTask(title="bare")])
    assert await titles(tagged, untagged=True) == ["bare"]
    assert await titles(tagged, untagged=True, tag=["work"]) == []
    await tagged.delete_tags([wire.TagTarget(tag="home")])
    assert await titles(tagged, untagged=True) == ["milk", "bare"]


async def test_items_on_tags_are_all_done_or_none_when_that_is_asked_for(tagged: TasksClient, world: World) -> None:
    body = {"items": [{"tag": "work", "name": "Office"}, {"tag": "nothing", "name": "x"}], "atomic": True}
    answer = await world.http.patch("/api/v1/tags", json=body, headers=world.headers())
    assert [result["problem"]["code"] for result in answer.json()["results"]] == ["not_done", "not_found"]
    assert await names(tagged) == [("home", None, 1), ("urgent", None, 1), ("Work", None, 2)]
