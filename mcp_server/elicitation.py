"""Asks the user which task is meant, where words fit several and the client can ask: before anything is done.

A client of 2026 gets the question as the answer of its call, and calls again with what the user chose; a client with the
handshake of 2025 is asked over its session. Which tasks there are to choose from is looked up again at the second call, so no
process has to remember the first. Whoever does not choose gets the candidates in the answer, as a client does that can't ask.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from mcp.server.mcpserver import Context
from mcp.types import ElicitRequest, ElicitRequestFormParams, ElicitResult, InputRequiredResult

from mcp_server.answers import Answer
from mcp_server.arguments import Arguments
from mcp_server.progress import report, reporting
from mcp_server.strict_tool import Around, Call
from taskora.api import wire
from taskora.api.client import TasksClient

QUESTIONS = 3
"""Most questions about one call; for more, the answer with the candidates is kinder."""
LONG = 10
"""Fewest items of a call whose progress is told."""
MODERN = "2026-07-28"
FIELD = "task"

_EXACT = re.compile(r"#?\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}")

Choices = Mapping[str, str]
"""The words for a candidate, and its id."""


def attentive(tasks: Callable[[], TasksClient]) -> Around:
    """Return what stands around every call: a question where one is needed, and progress of long ones."""

    async def around(call: Call) -> Answer | InputRequiredResult:
        taken = await _settled(call, tasks)
        if isinstance(taken, InputRequiredResult):
            return taken
        count = len(_items(taken))
        with reporting(call.context):
            if count >= LONG:
                await report(0, count, f"{count} items")
            answer = await call.run(taken)
            if count >= LONG:
                await report(count, count, "done")
        return answer

    return around


async def _settled(call: Call, tasks: Callable[[], TasksClient]) -> Arguments | InputRequiredResult:
    """Return the arguments with the tasks that the user chose in place of words, or the questions to ask first."""
    named = {place: words for place, words in _references(call.taken).items() if not _EXACT.fullmatch(words)}
    if call.scope is None or not named or not _can_ask(call.context):
        return call.taken
    doubtful = await _doubtful(tasks(), named, call.scope)
    if not doubtful or len(doubtful) > QUESTIONS:
        return call.taken
    questions = {place: _question(named[place], choices) for place, choices in doubtful.items()}
    if _is_modern(call.context):
        answers = call.context.input_responses or {}
        if any(_key(place) not in answers for place in questions):
            return InputRequiredResult(
                input_requests={_key(place): ElicitRequest(params=asked) for place, asked in questions.items()}
            )
        given = {place: answers[_key(place)] for place in questions}
    else:
        given = {place: await _ask(call.context, asked) for place, asked in questions.items()}
    chosen = {place: _chosen(given[place], choices) for place, choices in doubtful.items()}
    return _with(call.taken, {place: task for place, task in chosen.items() if task is not None})


async def _doubtful(client: TasksClient, named: Mapping[int, str], scope: Any) -> dict[int, Choices]:
    """Return, for each place whose words fit several tasks, what there is to choose from."""
    found = await client.lookup([wire.TaskTarget(task=words) for words in named.values()], scope=scope)
    problems = {place: result.problem for place, result in zip(named, found.results, strict=True)}
    return {
        place: {_label(candidate): candidate.id for candidate in problem.candidates}
        for place, problem in problems.items()
        if problem is not None and problem.code == "ambiguous" and problem.candidates
    }


def _label(candidate: wire.Candidate) -> str:
    due = f" ({candidate.due})" if candidate.due else ""
    return f"#{candidate.number} {candidate.title}{due}"


def _question(words: str, choices: Choices) -> ElicitRequestFormParams:
    schema = {"type": "string", "title": "Task", "enum": list(choices)}
    return ElicitRequestFormParams(
        message=f"Several tasks fit “{words}”. Which one do you mean?",
        requested_schema={"type": "object", "properties": {FIELD: schema}, "required": [FIELD]},
    )


def _chosen(answer: object, choices: Choices) -> str | None:
    """Return the id of the task that was chosen; None when the user did not choose, or chose what is not there any more."""
    if not isinstance(answer, ElicitResult) or answer.action != "accept":
        return None
    return choices.get(str((answer.content or {}).get(FIELD)))


async def _ask(context: Context[Any, Any], asked: ElicitRequestFormParams) -> ElicitResult:
    answer: ElicitResult = await context.session.elicit_form(
        asked.message, asked.requested_schema, related_request_id=context.request_id
    )
    return answer


def _can_ask(context: Context[Any, Any]) -> bool:
    """Tell whether the client can show a form, and can be asked at this moment."""
    capabilities = context.client_capabilities
    elicitation = capabilities.elicitation if capabilities is not None else None
    if elicitation is None or (elicitation.form is None and elicitation.url is not None):
        return False
    return _is_modern(context) or bool(context.session.can_send_request)


def _is_modern(context: Context[Any, Any]) -> bool:
    return (context.protocol_version or "") >= MODERN  # dates compare as text


def _key(place: int) -> str:
    return f"task-{place}"


def _items(taken: Arguments) -> list[Any]:
    """Return the items of a call that takes several."""
    return getattr(taken, "tasks", None) or getattr(taken, "items", None) or []


def _references(taken: Arguments) -> dict[int, str]:
    """Return the words for a task by their place among the items."""
    items = _items(taken)
    words = {place: item if isinstance(item, str) else getattr(item, "task", None) for place, item in enumerate(items)}
    return {place: said for place, said in words.items() if said is not None}


def _with(taken: Arguments, chosen: Mapping[int, str]) -> Arguments:
    """Return the arguments with ids in those places."""
    name = "tasks" if getattr(taken, "tasks", None) else "items"
    items = [
        item
        if place not in chosen
        else chosen[place]
        if isinstance(item, str)
        else item.model_copy(update={"task": chosen[place]})
        for place, item in enumerate(_items(taken))
    ]
    return taken.model_copy(update={name: items})
