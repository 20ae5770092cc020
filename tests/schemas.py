"""Holds events to their schemas, more strictly than a consumer would: here a member that no schema names is a fault."""

import functools
from typing import Any

import jsonschema

from taskora.domain.events import Event, EventType
from taskora.domain.schemas import Schema, schema_of


def check(event: Event) -> None:
    """Fail when an event is not as its schema says.

    Whoever adds a member says so in taskora/domain/schemas.py and runs `python -m taskora.api.event_schemas`.
    """
    _validator(EventType(event.type)).validate(event.to_dict())


@functools.cache
def _validator(kind: EventType) -> Any:
    closed = _closed(schema_of(kind))
    return jsonschema.Draft202012Validator(closed, format_checker=jsonschema.FormatChecker())


def _closed(schema: Any) -> Any:
    """Return a schema that allows no member beside those it names."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed: Schema = {name: _closed(value) for name, value in schema.items()}
    if isinstance(closed.get("properties"), dict) and "required" in closed:
        closed.setdefault("additionalProperties", False)
    return closed
