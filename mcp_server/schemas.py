"""The JSON schemas of the tools, made small: a client pays for every one of them in each conversation.

What is left out carries nothing for a client: pydantic's titles, the docstrings of our classes, defaults that go without
saying, and references (each model is written where it is used, because not every client follows `$ref`). Below stands
pydantic, above `strict_tool`.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias, TypeVar

from pydantic import BaseModel
from pydantic.json_schema import SkipJsonSchema

Schema = dict[str, object]

UNSAID = (("default", None), ("default", False), ("minLength", 1), ("format", "date"), ("format", "time"))
"""Keywords that tell a client nothing it needs, or that some refuse, as the formats (Gemini knows `date-time` alone)."""

Said = TypeVar("Said")
Maybe: TypeAlias = Said | SkipJsonSchema[None]
"""A field that may be left out. Its schema has no null beside the type, because some clients refuse a nullable field."""


def compact_schema(model: type[BaseModel], mode: Literal["validation", "serialization"]) -> Schema:
    """Return the schema of what goes into (`validation`) or comes out of (`serialization`) a model."""
    full = model.model_json_schema(mode=mode)
    definitions = {name: _undescribed(named) for name, named in full.pop("$defs", {}).items()}
    return _tidy(_undescribed(full), definitions)


def _undescribed(schema: Mapping[str, object]) -> Schema:
    """Return the schema of a class without its docstring, which is written for the readers of the code."""
    return {key: value for key, value in schema.items() if key != "description"}


def _tidy(schema: Mapping[str, object], definitions: Mapping[str, Mapping[str, object]]) -> Schema:
    reference = schema.get("$ref")
    if isinstance(reference, str):
        named = definitions[reference.rpartition("/")[2]]
        return _tidy(named, definitions) | _tidy({key: schema[key] for key in schema if key != "$ref"}, definitions)
    if "readOnly" in schema:  # a field that is worked out: its description is a docstring
        schema = {key: value for key, value in _undescribed(schema).items() if key != "readOnly"}
    ordered = _needed_first(schema)
    return {key: _value(value, definitions) for key, value in ordered.items() if not _empty(key, value)}


def _needed_first(schema: Mapping[str, object]) -> Mapping[str, object]:
    """Return an object's schema with what it needs before what may be left out: that is what is read first."""
    properties, needed = schema.get("properties"), schema.get("required")
    if not isinstance(properties, Mapping) or not isinstance(needed, list):
        return schema
    return {**schema, "properties": dict(sorted(properties.items(), key=lambda named: named[0] not in needed))}


def _value(value: object, definitions: Mapping[str, Mapping[str, object]]) -> object:
    if isinstance(value, Mapping):
        return _tidy(value, definitions)
    if isinstance(value, list):
        return [_value(item, definitions) for item in value]
    return value


def _empty(key: str, value: object) -> bool:
    """Tell whether a keyword says nothing. A property that is called `title` is a schema, not a text, and stays."""
    return (key == "title" and isinstance(value, str)) or any((key, value) == unsaid for unsaid in UNSAID)
