"""Text and structure say the same, in the form that the schema promises, whatever the task service answers."""

import datetime as dt
import json
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp.types import TextContent

from mcp_server.answers import Answer, BatchFacts, PageFacts, batch_facts, page_facts
from mcp_server.schemas import compact_schema
from mcp_server.strict_tool import rendered
from taskora.api import wire
from taskora.domain.task import Priority, Status

words = st.text(max_size=400)
short = st.text(max_size=20)
days = st.dates(dt.date(1970, 1, 1), dt.date(2200, 1, 1))
instants = st.datetimes(timezones=st.just(dt.UTC))
numbers = st.integers(1, 10**9)
dues = st.builds(
    wire.Due, date=days, time=st.none() | st.times(), zone=st.none() | st.just("Europe/Paris"), at=instants
)
repeats = st.builds(
    wire.Repeats,
    series_id=short,
    rules=st.just([]),
    text=words,
    anchor=st.just("schedule"),
    until=st.none() | days,
    count=st.none() | numbers,
    state=st.sampled_from(["active", "stopped"]),
)
tasks = st.builds(
    wire.Task,
    id=short,
    number=numbers,
    title=words,
    description=words,
    status=st.sampled_from(Status),
    priority=st.sampled_from(Priority),
    tags=st.lists(short, max_size=3),
    due=st.none() | dues,
    due_text=st.none() | short,
    end=st.none() | dues,
    duration_min=st.none() | numbers,
    deadline=st.none() | days,
    reminders=st.lists(short, max_size=2),
    repeats=st.none() | repeats,
    version=numbers,
    created_at=instants,
    updated_at=instants,
    completed_at=st.none() | instants,
    deleted_at=st.none() | instants,
)
candidates = st.builds(wire.Candidate, id=short, number=numbers, title=words, due=st.none() | short)
problems = st.builds(
    wire.Problem,
    code=short,
    detail=words,
    advice=short,
    field=st.none() | short,
    candidates=st.none() | st.lists(candidates, max_size=3),
    task=st.none() | tasks,
)
results = st.builds(
    wire.ItemResult,
    ok=st.booleans(),
    task=st.none() | tasks,
    assumptions=st.lists(short, max_size=2),
    left=st.lists(short, max_size=2),
    problem=st.none() | problems,
)
batches = st.builds(
    wire.BatchAnswer, command_id=st.none() | short, dry_run=st.booleans(), results=st.lists(results, max_size=4)
)
periods = st.builds(wire.Period, from_=st.none() | short, to=st.none() | short, text=short)
pages = st.builds(
    wire.TaskPage,
    tasks=st.lists(tasks, max_size=4),
    total=st.none() | numbers,
    next_cursor=st.none() | short,
    period=st.none() | periods,
)
several = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def facts(answer: Answer, model: type[Answer]) -> dict[str, Any]:
    """Return the facts of an answer, after all that must be true of each."""
    result = rendered(answer)
    (content,) = result.content
    assert isinstance(content, TextContent)
    told = result.structured_content
    assert isinstance(told, dict)
    assert json.loads(content.text) == told
    jsonschema.validate(told, compact_schema(model, "serialization"))
    assert list(nulls(told)) == []
    return told


def nulls(value: object) -> Any:
    """Return every null in a value, at any depth."""
    if value is None:
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        yield from nulls(part)


@given(batches)
@several
def test_every_answer_to_a_batch_says_the_same_twice_and_counts_what_failed(answer: wire.BatchAnswer) -> None:
    told = facts(batch_facts(answer), BatchFacts)
    assert told["failures"] == sum(not result.ok for result in answer.results)
    assert [result["ok"] for result in told["results"]] == [result.ok for result in answer.results]
    assert all(result["problem"]["advice"] for result in told["results"] if "problem" in result)


@given(pages)
@several
def test_every_page_says_the_same_twice_and_leaves_no_fact_of_a_task_out(page: wire.TaskPage) -> None:
    told = facts(page_facts(page), PageFacts)
    for task, shown in zip(page.tasks, told["tasks"], strict=True):
        assert (shown["number"], shown["title"], shown["version"]) == (task.number, task.title, task.version)
        assert ("due" in shown) == (task.due is not None)
        assert ("repeats" in shown) == (task.repeats is not None and task.repeats.state == "active")
        assert task.repeats is None or task.repeats.state != "active" or shown["repeats"] == task.repeats.text
