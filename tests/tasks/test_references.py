"""Naming a task: by id, by number, by words; a close call is a question."""

import pytest

from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import only, problem, target

pytestmark = pytest.mark.anyio


@pytest.fixture
async def some(ada: TasksClient) -> TasksClient:
    titles = ("dentist", "dentist bill", "call the plumber", "1984", "buy oat milk")
    await ada.create([wire.NewTask(title=title) for title in titles])
    return ada


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        ("#2", "dentist bill"),
        ("2", "dentist bill"),
        ("dentist", "dentist"),
        ("Dentist", "dentist"),
        ("plumber", "call the plumber"),
        ("oat milk", "buy oat milk"),
        ("plumbr", "call the plumber"),
        ("1984", "1984"),
    ],
)
async def test_a_task_is_found_by_number_and_by_words(some: TasksClient, reference: str, title: str) -> None:
    assert only(await some.complete([target(reference)])).title == title


async def test_a_close_call_is_a_question_with_candidates(some: TasksClient) -> None:
    await some.create([wire.NewTask.model_validate({"title": "call mum", "due": {"date": "2026-11-27"}})])
    refused = problem(await some.complete([target("call")]))
    assert refused.code == "ambiguous"
    assert refused.candidates is not None
    assert {(one.number, one.title, one.due) for one in refused.candidates} == {
        (3, "call the plumber", None),
        (6, "call mum", "Fri 27 Nov 2026"),
    }
    assert (await some.tasks(wire.TaskQuery(status="completed"))).total == 0


@pytest.mark.parametrize("reference", ["zebra", "#99", "01a20c4f-8e84-7681-a7e1-926d9b3ca76f"])
async def test_what_names_no_task_is_not_found(some: TasksClient, reference: str) -> None:
    assert problem(await some.complete([target(reference)])).code == "not_found"


@pytest.mark.parametrize("reference", ["", "   ", "x" * 501])
async def test_an_empty_or_endless_name_is_refused(some: TasksClient, reference: str) -> None:
    assert problem(await some.complete([target(reference)])).code == "invalid"


async def test_each_command_looks_among_the_tasks_that_it_may_mean(some: TasksClient) -> None:
    await some.complete([target("plumber")])
    assert problem(await some.complete([target("plumber")])).code == "not_found"
    assert only(await some.update([wire.TaskEdit(task="plumber", priority=None, title="plumber came")])).number == 3
    assert only(await some.reopen([target("plumber")])).status == "open"
    assert problem(await some.reopen([target("plumber")])).code == "not_found"
    await some.delete([target("plumber")])
    assert problem(await some.delete([target("plumber")])).code == "not_found"
    assert only(await some.restore([target("plumber")])).deleted_at is None


async def test_of_completed_tasks_with_one_title_the_latest_is_meant_and_said(ada: TasksClient) -> None:
    for _ in range(3):
        await ada.create([wire.NewTask(title="standup")])
        await ada.complete([target("standup")])
    answer = await ada.reopen([target("standup")])
    assert only(answer).number == 3
    assert answer.results[0].assumptions == ["took the latest of 3, #3"]


async def test_a_reference_in_a_batch_is_looked_for_by_itself(some: TasksClient) -> None:
    answer = await some.complete([target("plumber"), target("zebra"), target("#1")])
    assert [result.ok for result in answer.results] == [True, False, True]


async def test_one_task_named_twice_is_done_once(some: TasksClient) -> None:
    answer = await some.complete([target("#1"), target("dentist")])
    assert [result.ok for result in answer.results] == [True, False]
    assert answer.results[1].problem is not None
    assert answer.results[1].problem.code == "conflict"
