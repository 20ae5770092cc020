"""What a route takes and gives, for the OpenAPI document: for routes that read their requests themselves.

They parse bodies and queries by the same wire models that are named here; a test sends the examples that the document holds.
Nothing is worked out before the document is asked for.
"""

import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from services.kit.problems import MEDIA_TYPE, RETRY_AFTER, status_of
from taskora.api import wire
from taskora.api.problems import to_problem
from taskora.domain import errors
from taskora.domain.errors import TaskoraError

Json = dict[str, Any]
ALWAYS: tuple[TaskoraError, ...] = (
    errors.Unauthenticated(),
    errors.TooMany(extra={"retry_after": 3, "limit": 600}),
    errors.StorageBusy(),
)
"""What every route may answer."""
_REFERENCE = "#/components/schemas/"
_NAMED = re.compile(f'"{_REFERENCE}([A-Za-z_]+)"')


def _header(name: str, description: str, **schema: object) -> Json:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "schema": {"type": "string", **schema},
        "description": description,
    }


_KEY = _header(
    "Idempotency-Key",
    "Makes a repetition harmless: the same request under the same key gets the first answer again.",
    maxLength=255,
)
_KNOWN = _header(
    "If-None-Match", "The `ETag` of an answer that is known: if it still holds, the answer is 304 without a body."
)
_CONDITION = _header("If-Match", "The `ETag` of the task: the change is made only if the task still has that version.")
_TAG: Json = {
    "ETag": {"schema": {"type": "string"}, "description": "Stands for this answer, see If-None-Match and If-Match."}
}
_WAIT: Json = {"Retry-After": {"schema": {"type": "string"}, "example": RETRY_AFTER, "description": "Seconds."}}


@dataclass(frozen=True)
class Operation(Mapping[str, Any]):
    """The part of an operation (OpenAPI 3.1 §4.8.10) that FastAPI cannot find out; made when it is read.

    `body` is the model of the whole body, `item` that of each item of a batch, whose envelope is `body`. `named` are the
    parameters of the path with what they mean. `tagged`: the answer has a tag and is not sent when it is known; `matched`:
    a change on condition of a tag. `example` is one of the answer.
    """

    answer: type[BaseModel]
    body: type[BaseModel] | None = None
    item: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    sent: Mapping[str, object] = field(default_factory=dict)
    keyed: bool = False
    refusals: tuple[TaskoraError, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    tagged: bool = False
    matched: bool = False
    example: Mapping[str, object] | None = None

    def told(self, endpoint: Callable[..., object]) -> Iterator[str]:
        """Yield what the function of the route says of itself, and what its parameters mean."""
        for one in (endpoint, self.query):
            if one is not None:
                yield inspect.getdoc(one) or ""

    def __getitem__(self, name: str) -> Any:
        """Return a member."""
        return self._members()[name]

    def __iter__(self) -> Iterator[str]:
        """Name the members."""
        return iter(self._members())

    def __len__(self) -> int:
        """Count the members."""
        return len(self._members())

    def _members(self) -> Json:
        answer = _content(_ref(self.answer), "What was asked for.")
        if self.example is not None:
            answer["content"]["application/json"]["example"] = self.example
        if self.tagged or self.matched:
            answer["headers"] = _TAG
        members: Json = {"responses": {"200": answer, **self._refused()}}
        if self.tagged:
            members["responses"]["304"] = {"description": "What is known still holds.", "headers": _TAG}
        if self.body is not None:
            schema = _inline(self.body)
            if self.item is not None:
                schema["properties"]["items"]["items"] = _ref(self.item)
            content = {"schema": schema, "example": dict(self.sent)}
            members["requestBody"] = {"required": bool(self.sent), "content": {"application/json": content}}
        members["parameters"] = self._parameters()
        return members

    def _parameters(self) -> list[Json]:
        path = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "description": meaning}
            for name, meaning in self.named.items()
        ]
        headers = [(_KEY, self.keyed), (_CONDITION, self.matched), (_KNOWN, self.tagged)]
        query = [] if self.query is None else _parameters(self.query)
        return [*path, *query, *(header for header, taken in headers if taken)]

    def _refused(self) -> Json:
        answers: dict[str, Json] = {}
        for error in (*ALWAYS, *self.refusals):
            status = status_of(error)
            problem = {"type": f"/problems/{error.code}", "title": type(error).__doc__, "status": status}
            said = answers.setdefault(str(status), _content(_ref(wire.Problem), str(type(error).__doc__), MEDIA_TYPE))
            said["content"][MEDIA_TYPE].setdefault("examples", {})[error.code] = {"value": problem | to_problem(error)}
        for limited in ("429", "503"):
            answers[limited]["headers"] = _WAIT
        return answers


def describe(app: FastAPI) -> None:
    """Let the application's document hold the wire models that its routes name."""
    made = app.openapi

    def document() -> Json:
        fresh = app.openapi_schema is None
        schema = made()
        if fresh:
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            for name in _missing(schema, schemas):
                schemas[name] = _wire_schemas()[name]
        return schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's own way to extend its document


def _missing(schema: Json, schemas: Json) -> Iterable[str]:
    """Name what is referred to and not there, also by what was added meanwhile."""
    while names := sorted(set(_NAMED.findall(json.dumps(schema, default=str))) - schemas.keys()):
        yield from names


def _wire_schemas() -> Json:
    models = [
        one
        for one in vars(wire).values()
        if isinstance(one, type) and issubclass(one, BaseModel) and one.__module__.startswith(wire.__name__)
    ]
    _, made = models_json_schema([(one, "serialization") for one in models], ref_template=_REFERENCE + "{model}")
    schemas: Json = made["$defs"]
    return schemas


def _parameters(query: type[BaseModel]) -> list[Json]:
    schema = _inline(query)
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": _given(form)}
        for name, form in schema["properties"].items()
    ]


def _given(form: Json) -> Json:
    """Return the schema of a parameter without null: what is not given is left out."""
    if "anyOf" not in form:
        return form
    (given,) = [one for one in form["anyOf"] if one != {"type": "null"}]
    return dict(given)


def _inline(model: type[BaseModel]) -> Json:
    schema = model.model_json_schema(ref_template=_REFERENCE + "{model}")
    schema.pop("$defs", None)
    return schema


def _ref(model: type[BaseModel]) -> Json:
    return {"$ref": _REFERENCE + model.__name__}


def _content(schema: Json, description: str, media_type: str = "application/json") -> Json:
    return {"description": description, "content": {media_type: {"schema": schema}}}
