"""What each route of the task service takes and gives, for its OpenAPI document. Beside `routes`, which has their functions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from services.kit.description import Operation
from services.tasks.examples import ANSWERS
from services.tasks.requests.bodies import Batch, Lookup, PreferencesChange, Undo
from services.tasks.requests.queries import ChangesQuery
from taskora.api import wire
from taskora.domain import errors
from taskora.domain.errors import TaskoraError

_FORM = errors.InvalidField("“limit” has the wrong form.", field="limit")
_BODY = errors.InvalidField("“items” is missing.", field="items")
_KEY = errors.KeyReused(field="Idempotency-Key")
_WORDS = errors.NotUnderstood(
    "I can't read “whenever” as a date.", field="when", advice="Say it like “tomorrow at 5pm”."
)
_LARGE = errors.TooLarge("The request body is over 1000000 bytes.")
_NOTHING = errors.Conflict("There is nothing to undo.")


def _batch(
    item: type[BaseModel], *sent: Mapping[str, Any], answer: type[BaseModel] = wire.BatchAnswer, **envelope: object
) -> Operation:
    body = {"items": [dict(one) for one in sent], **envelope}
    return Operation(answer, Batch, item, sent=body, keyed=True, refusals=(_BODY, _KEY, _LARGE))


def _read(answer: type[BaseModel], *refusals: TaskoraError, **more: Any) -> Operation:
    return Operation(answer, refusals=refusals, tagged=True, **more)


_NAMED = {"reference": "The id of a task, or its number."}
_REFUSED = (errors.NotFound(), errors.Conflict("“call Ann” (#2) is in the trash."), _KEY)
_STALE = errors.PreconditionFailed("The task is at version 3, not 2.", field="If-Match")
_NEW = ({"text": "pay rent every month on the 1st p1 #home"}, {"title": "call Ann", "due": {"date": "2026-11-25"}})
_TARGET = {"task": "#1"}
_OPERATIONS: Mapping[tuple[str, str], Operation] = {
    ("GET", "/tasks"): _read(wire.TaskPage, _FORM, _WORDS, query=wire.TaskQuery),
    ("POST", "/tasks"): _batch(wire.NewTask, *_NEW, atomic=True),
    ("PATCH", "/tasks"): _batch(wire.TaskEdit, {"task": "#1", "when": "tomorrow 5pm", "tags_add": ["work"]}),
    ("POST", "/tasks/complete"): _batch(wire.TaskTarget, {"task": "#1", "version": 1}),
    ("POST", "/tasks/skip"): _batch(wire.TaskTarget, _TARGET),
    ("POST", "/tasks/stop"): _batch(wire.TaskTarget, _TARGET),
    ("POST", "/tasks/reopen"): _batch(wire.TaskTarget, _TARGET),
    ("POST", "/tasks/delete"): _batch(wire.TaskTarget, _TARGET),
    ("POST", "/tasks/restore"): _batch(wire.TaskTarget, _TARGET),
    ("POST", "/tasks/lookup"): Operation(
        wire.BatchAnswer, Lookup, wire.TaskTarget, sent={"items": [_TARGET], "scope": "any"}, refusals=(_BODY, _LARGE)
    ),
    ("POST", "/undo"): Operation(
        wire.UndoAnswer, Undo, keyed=True, refusals=(_NOTHING, errors.NotFound("There is no such command."), _KEY)
    ),
    ("GET", "/tasks/{reference}"): _read(wire.Task, errors.NotFound(), named=_NAMED),
    ("PATCH", "/tasks/{reference}"): Operation(
        wire.OneAnswer,
        wire.TaskPatch,
        sent={"when": "friday 3pm", "priority": "high"},
        keyed=True,
        refusals=(*_REFUSED, _STALE, _BODY, _WORDS, _LARGE),
        named=_NAMED,
        matched=True,
    ),
    ("DELETE", "/tasks/{reference}"): Operation(
        wire.OneAnswer,
        query=wire.DeleteQuery,
        keyed=True,
        refusals=(*_REFUSED, _STALE),
        named=_NAMED,
        matched=True,
    ),
    ("GET", "/tasks/{reference}/dates"): _read(
        wire.Dates,
        errors.NotFound(),
        errors.Conflict("“call Ann” (#2) does not repeat."),
        _FORM,
        query=wire.DatesQuery,
        named=_NAMED,
    ),
    ("GET", "/overview"): _read(wire.Overview, _FORM, query=wire.OverviewQuery),
    ("GET", "/activity"): _read(
        wire.ActivityPage,
        _FORM,
        _WORDS,
        errors.NotFound(field="task"),
        errors.Ambiguous(field="task"),
        query=wire.ActivityQuery,
    ),
    ("GET", "/tags"): _read(wire.TagPage),
    ("PATCH", "/tags"): _batch(wire.TagEdit, {"tag": "home", "colour": "green"}, answer=wire.TagAnswer),
    ("POST", "/tags/delete"): _batch(wire.TagTarget, {"tag": "home"}, answer=wire.TagAnswer),
    ("GET", "/preferences"): _read(wire.Preferences),
    ("PATCH", "/preferences"): Operation(
        wire.PreferencesAnswer,
        PreferencesChange,
        sent={"zone": "Europe/Paris"},
        keyed=True,
        refusals=(_BODY, _KEY),
    ),
    ("GET", "/changes"): _read(wire.ChangePage, _FORM, query=ChangesQuery),
}
DESCRIBED: Mapping[tuple[str, str], Operation] = {
    route: replace(operation, example=ANSWERS[operation.answer]) for route, operation in _OPERATIONS.items()
}
"""Each route with an example of its answer."""
