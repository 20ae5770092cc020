"""What bad input gets from the tools: a sentence, nothing half done, and a server that goes on. Over a whole host."""

import anyio
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mcp.types import CallToolResult

from mcp_server.server import TOOLS, build
from tests.hosts import LocalHost
from tests.mcp_server import unreachable
from tests.mcp_server.calls import Caller, text

pytestmark = pytest.mark.anyio

HUGE = "x" * (5 * 1024 * 1024)
UNICODE = (
    "zażółć gęślą jaźń",
    "買い物 🛒 明日",
    "يوم الجمعة",
    "e\u0301 combined",
    "\u202egnp.exe",
    "👩‍👩‍👧‍👦 family",
    "zero\u200bwidth",
    "\ufeffmark",
    "nul\x00byte",
    "\x1b[31mred",
    "\U0010ffff",
    "{}[]\"'\\/<>&;--",
)


@pytest.mark.parametrize("words", UNICODE)
async def test_any_unicode_is_kept_or_refused_by_a_sentence(call: Caller, words: str) -> None:
    result = await call.client.call_tool("add_tasks", {"items": [{"title": words}]})
    facts = result.structured_content
    assert facts is not None
    (outcome,) = facts["results"]
    if outcome["ok"]:
        task = outcome["task"]
        assert (await call("find_tasks", text=None))["tasks"][0]["title"] == task["title"]
        assert (await call("complete_tasks", tasks=[task["id"]]))["results"][0]["task"]["title"] == task["title"]
    else:
        assert outcome["problem"]["field"] == "title"
        assert (await call("find_tasks"))["total"] == 0


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("add_tasks", {"items": [{"text": HUGE}]}),
        ("add_tasks", {"items": [{"title": "a", "description": HUGE}]}),
        ("add_tasks", {"items": [{"title": "a", "tags": [HUGE]}]}),
        ("add_tasks", {"items": [{"title": "a"}], "client_request_id": HUGE}),
        ("add_tasks", {"items": [{"title": "a"}] * 100_000}),
        ("find_tasks", {"text": HUGE}),
        ("find_tasks", {"when": HUGE}),
        ("find_tasks", {"cursor": HUGE}),
        ("find_tasks", {"tags": [HUGE]}),
        ("find_tasks", {"tags": ["a" * 900] * 5000}),
        ("find_tasks", {HUGE: 1}),
        ("complete_tasks", {"tasks": [HUGE]}),
        ("complete_tasks", {"tasks": HUGE}),
        ("reschedule_tasks", {"items": [{"task": HUGE, "when": HUGE}]}),
        ("manage_tags", {"action": "delete", "items": [{"tag": HUGE}]}),
        ("manage_tags", {"action": HUGE}),
        ("preferences", {"set": {"zone": HUGE}}),
    ],
)
async def test_five_megabytes_are_refused_in_few_words_and_change_nothing(
    call: Caller, host: LocalHost, tool: str, arguments: dict[str, object]
) -> None:
    result = await call.client.call_tool(tool, arguments)
    assert result.is_error
    said = text(result)
    assert len(said) < 2000
    assert "unexpected" not in said
    assert (await host.tasks.changes()).changes == []
    assert (await call("find_tasks"))["total"] == 0


@pytest.mark.parametrize("depth", [50, 5_000, 200_000])
async def test_json_nested_deeply_inside_a_text_is_refused(call: Caller, depth: int) -> None:
    nested = "[" * depth + "]" * depth
    for tool, argument in (("complete_tasks", "tasks"), ("add_tasks", "items"), ("find_tasks", "tags")):
        assert argument in await call.refused(tool, **{argument: nested})


async def test_arguments_nested_deeply_are_refused(call: Caller) -> None:
    nested: object = "x"
    for _ in range(60):
        nested = {"task": [nested]}
    assert "items" in await call.refused("update_tasks", items=nested)


@pytest.mark.parametrize("half", ["\ud800", "a\udfffb"])
async def test_half_of_a_surrogate_pair_is_refused_wherever_it_stands(half: str) -> None:
    server = build(unreachable.client)

    async def refusal(tool: str, arguments: dict[str, object]) -> str:
        result = await server.call_tool(tool, arguments)
        assert isinstance(result, CallToolResult)
        assert result.is_error
        assert text(result).encode()
        return text(result)

    for tool in TOOLS:
        assert "unicode" in await refusal(tool.name, {half: 1})
    assert "unicode" in await refusal("add_tasks", {"items": [{"title": half}]})
    assert "unicode" in await refusal("complete_tasks", {"tasks": [half]})


async def test_two_hundred_calls_at_once_are_each_answered_and_each_act_once(call: Caller, host: LocalHost) -> None:
    answers: list[dict[str, object]] = []

    async def add(number: int) -> None:
        answers.append(await call("add_tasks", items=[{"title": f"task {number}"}]))

    async def find() -> None:
        answers.append(await call("find_tasks", limit=1))

    async with anyio.create_task_group() as group:
        for number in range(100):
            group.start_soon(add, number)
            group.start_soon(find)
    assert len(answers) == 200
    found = (await call("find_tasks", limit=200))["tasks"]
    assert sorted(task["title"] for task in found) == sorted(f"task {number}" for number in range(100))
    assert sorted(task["number"] for task in found) == list(range(1, 101))
    assert len((await host.tasks.changes()).changes) == 100


async def test_a_call_that_is_broken_off_leaves_the_server_answering(call: Caller) -> None:
    with anyio.move_on_after(0):
        await call("add_tasks", items=[{"title": "a"}])
    assert (await call("add_tasks", items=[{"title": "b"}]))["failures"] == 0


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(sorted({name for tool in TOOLS for name in tool.arguments.model_fields})) | st.text(max_size=8)
UNREACHED = build(unreachable.client)
calls = st.tuples(st.sampled_from([tool.name for tool in TOOLS]), st.dictionaries(names, values, max_size=5))


@given(calls)
@example(("add_tasks", {"client_request_id": None}))
@example(("manage_series", {"action": "dates", "tasks": ["1"], "count": None}))
@settings(max_examples=100, deadline=None)
def test_whatever_is_sent_gets_a_sentence_and_never_a_crash(sent: tuple[str, dict[str, object]]) -> None:
    tool, arguments = sent
    result = anyio.run(UNREACHED.call_tool, tool, arguments)
    assert isinstance(result, CallToolResult)
    assert result.is_error
    assert text(result)
    assert "unexpected" not in text(result)
