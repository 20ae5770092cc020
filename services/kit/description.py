"""What a route takes and gives, for the OpenAPI document: for routes that read their requests themselves.

They parse bodies and queries by the same wire models that are named here; a test sends the examples that the document holds.
Nothing is worked out before the document is asked for.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
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
ALWAYS: tuple[TaskoraError, ...] = (errors.Unauthenticated(), errors.StorageBusy())
"""What every route may answer."""
_REFERENCE = "#/components/schemas/"
_NAMED = re.compile(f'"{_REFERENCE}([A-Za-z_]+)"')
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 255},
    "description": "Makes a repetition harmless: the same request under the same key gets the first answer again.",
}


@dataclass(frozen=True)
class Operation(Mapping[str, Any]):
    """The part of an operation (OpenAPI 3.1 §4.8.10) that FastAPI cannot find out; made when it is read.

    `body` is the model of the whole body, `item` that of each item of a batch, whose envelope is `body`.
    """

    answer: type[BaseModel]
    body: type[BaseModel] | None = None
    item: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    sent: Mapping[str, object] = field(default_factory=dict)
    keyed: bool = False
    refusals: tuple[TaskoraError, ...] = ()

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
        members: Json = {"responses": {"200": _content(_ref(self.answer), "What was asked for."), **self._refused()}}
        if self.body is not None:
            schema = _inline(self.body)
            if self.item is not None:
                schema["properties"]["items"]["items"] = _ref(self.item)
            content = {"schema": schema, "example": dict(self.sent)}
            members["requestBody"] = {"required": bool(self.sent), "content": {"application/json": content}}
        parameters = [] if self.query is None else _parameters(self.query)
        members["parameters"] = [*parameters, *([_KEY] if self.keyed else [])]
        return members

    def _refused(self) -> Json:
        answers: dict[str, Json] = {}
        for error in (*ALWAYS, *self.refusals):
            status = status_of(error)
            problem = {"type": f"/problems/{error.code}", "title": type(error).__doc__, "status": status}
            said = answers.setdefault(str(status), _content(_ref(wire.Problem), str(type(error).__doc__), MEDIA_TYPE))
            said["content"][MEDIA_TYPE].setdefault("examples", {})[error.code] = {"value": problem | to_problem(error)}
        answers["503"]["headers"] = {"Retry-After": {"schema": {"type": "string"}, "example": RETRY_AFTER}}
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
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": form}
        for name, form in schema["properties"].items()
    ]


def _inline(model: type[BaseModel]) -> Json:
    schema = model.model_json_schema(ref_template=_REFERENCE + "{model}")
    schema.pop("$defs", None)
    return schema


def _ref(model: type[BaseModel]) -> Json:
    return {"$ref": _REFERENCE + model.__name__}


def _content(schema: Json, description: str, media_type: str = "application/json") -> Json:
    return {"description": description, "content": {media_type: {"schema": schema}}}
