"""The reference of the HTTP interface, docs/api.md, made of the OpenAPI document: `python -m services.tasks.reference`."""

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from services.kit.app import make_app
from services.kit.identity import TokenVerifier
from services.kit.problems import STATUS
from services.tasks.app import TasksService
from services.tasks.examples import ANSWERS
from taskora.config import Settings
from taskora.domain.errors import CannotStart, TaskoraError
from taskora.domain.preferences import Preferences
from taskora.storage.database import Database

Json = dict[str, Any]
FILE = Path("docs/api.md")
_COMPONENT = "#/components/schemas/"
_INTRODUCTION = Path(__file__).with_name("reference.md")


class _Never:
    """The clock of an application that does not run."""

    def now(self) -> dt.datetime:
        return dt.datetime.max.replace(tzinfo=dt.UTC)


def page() -> str:
    """Return the whole reference."""
    document = _application().openapi()
    schemas: Mapping[str, Json] = document["components"]["schemas"]
    routes = [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    pieces = [
        _INTRODUCTION.read_text(encoding="utf-8").replace("PROBLEMS\n", "".join(_problems())),
        "## Routes\n| | |\n|---|---|\n",
        *(f"| [`{method} {path}`](#{_anchor(method, path)}) | {_first(one)} |\n" for method, path, one in routes),
        *(_route(method, path, operation) for method, path, operation in routes),
        "\n## Values\nA member without a default is always there, in an answer; in a request it must be sent.\n",
        *(_schema(name, schemas[name]) for name in sorted(schemas) if _is_shown(schemas[name])),
    ]
    return "".join(pieces)


def write(file: Path = FILE) -> None:
    """Write the reference."""
    file.write_text(page(), encoding="utf-8")


def _application() -> FastAPI:
    """Return an application with the routes of the task service; nothing of it runs."""
    app = make_app("tasks", Settings())
    database = Database("sqlite:///never-opened.db")
    app.include_router(TasksService(database, _Never(), TokenVerifier("-" * 32), Preferences()).router)
    return app


def _problems() -> Iterator[str]:
    """Yield a table of the problems, by status and code."""
    yield "| status | code | meaning |\n|---|---|---|\n"
    kinds = {kind for kind in _tree(TaskoraError) if not issubclass(kind, CannotStart) and kind is not TaskoraError}
    statuses = {kind: next(STATUS[one] for one in kind.__mro__ if one in STATUS) for kind in kinds}
    for kind in sorted(kinds, key=lambda kind: (statuses[kind], kind.code)):
        yield f"| {statuses[kind]} | `{kind.code}` | {kind.__doc__} {kind.advice}".rstrip() + " |\n"
    yield "| 500 | `internal` | Something went wrong that nobody foresaw; `correlation_id` finds it in the log. |\n"


def _tree(kind: type[TaskoraError]) -> Iterator[type[TaskoraError]]:
    """Yield the errors of the domain; those of a door, such as the terminal, never come over HTTP."""
    yield kind
    for narrower in kind.__subclasses__():
        if narrower.__module__ == TaskoraError.__module__:
            yield from _tree(narrower)


def _route(method: str, path: str, operation: Json) -> str:
    pieces = [f"\n### {method} {path}\n{_prose(operation)}\n"]
    parameters = operation.get("parameters", [])
    if parameters:
        pieces.append("\n| parameter | in | type | default | |\n|---|---|---|---|---|\n")
        pieces += [_parameter(one) for one in parameters]
    body = operation.get("requestBody")
    if body is not None:
        content = body["content"]["application/json"]
        pieces.append(f"\nBody: {_prose(content['schema'])}\n\n{_members(content['schema'])}")
        if content.get("example"):
            pieces.append(f"\n```json\n{json.dumps(content['example'], ensure_ascii=False)}\n```\n")
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    statuses = [status for status in operation["responses"] if status != "200"]
    pieces.append(f"\nAnswer: {_type(answer)}. Other statuses: {', '.join(sorted(statuses))}.\n")
    return "".join(pieces)


def _parameter(one: Json) -> str:
    schema = one["schema"]
    default = _default(schema) if not one["required"] else "required"
    return f"| `{one['name']}` | {one['in']} | {_type(schema)} | {default} | {one.get('description', '')} |\n"


def _schema(name: str, schema: Json) -> str:
    if "enum" in schema:
        return f"\n### {name}\n{_prose(schema)}\n\n{_choices(schema['enum'])}\n"
    return f"\n### {name}\n{_prose(schema)}\n\n{_members(schema)}" + _example(name)


def _example(name: str) -> str:
    """Return an example of an answer as it comes."""
    found = next((example for model, example in ANSWERS.items() if model.__name__ == name), None)
    return "" if found is None else f"\n```json\n{json.dumps(found, ensure_ascii=False, indent=1)}\n```\n"


def _is_shown(schema: Json) -> bool:
    return "enum" in schema or bool(schema.get("properties"))


def _members(schema: Json) -> str:
    required = schema.get("required", ())
    rows = [
        f"| `{name}` | {_type(one)} | {'' if name in required else _default(one)} |\n"
        for name, one in schema["properties"].items()
    ]
    return "".join(["| member | type | default |\n|---|---|---|\n", *rows])


def _default(schema: Json) -> str:
    return f"`{json.dumps(schema['default'])}`" if "default" in schema else ""


def _type(schema: Json) -> str:
    """Say a schema in words."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_COMPONENT)
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return _choices(schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return _FORMATS.get(schema.get("format", ""), schema.get("type", "anything")) + _limits(schema)


def _limits(schema: Json) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f" {least} to {most}"
    length = schema.get("maxLength")
    return "" if length is None else f" of at most {length} characters"


def _choices(values: Sequence[object]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _prose(schema: Json) -> str:
    """Return the description of a schema as one paragraph for each of its own."""
    paragraphs: Iterable[str] = str(schema.get("description", "")).split("\n\n")
    return "\n\n".join(" ".join(one.split()) for one in paragraphs)


def _first(schema: Json) -> str:
    return _prose(schema).split("\n\n", maxsplit=1)[0]


def _anchor(method: str, path: str) -> str:
    """Return the name that a heading of a route has in a page."""
    kept = "".join(letter for letter in f"{method} {path}".lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


_FORMATS: Mapping[str, str] = {
    "date": "day (`2026-11-25`)",
    "date-time": "instant (`2026-11-25T14:00:00Z`)",
    "time": "time of day (`09:00`)",
}


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
