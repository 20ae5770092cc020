"""What an assistant is told when a call fails: sentences that say what to change. The facts come from `domain/errors`."""

import difflib

import structlog
from mcp.types import CallToolResult, TextContent
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from taskora.api import wire
from taskora.domain.errors import TaskoraError
from taskora.telemetry import correlation_id

SHOWN_ERRORS = 5
SHOWN_LENGTH = 60

log = structlog.get_logger(__name__)


def refused(error: TaskoraError) -> CallToolResult:
    """Return the sentence and the advice of an error of ours, with the tasks that were perhaps meant."""
    return _failure("\n".join([error.sentence, *_candidates(error.extra.get("candidates"))]))


def _candidates(found: object) -> list[str]:
    candidates = [wire.Candidate.model_validate(one) for one in found] if isinstance(found, list) else []
    return [f"#{one.number} {one.title}" + (f" ({one.due})" if one.due else "") for one in candidates]


def bad_arguments(arguments: type[BaseModel], error: ValidationError) -> CallToolResult:
    """Return a line for each argument that has the wrong form, with the name under which it came."""
    wrong = [detail for detail in error.errors(include_url=False) if detail["type"] != "none_required"]
    lines = [_line(arguments, detail) for detail in wrong[:SHOWN_ERRORS]]
    return _failure("\n".join([*lines, "Nothing was changed. Correct this and call again."]))


def crashed(tool: str) -> CallToolResult:
    """Log the exception that is being handled, and tell the id under which the log has it."""
    log.exception("tool crashed", tool=tool)
    return _failure(
        f"Something unexpected went wrong in Taskora (reference {correlation_id()}). "
        "Look at the tasks before you repeat the call: it may have been carried out."
    )


def _failure(text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)


def _short(name: str) -> str:
    return name if len(name) <= SHOWN_LENGTH else name[:SHOWN_LENGTH] + "…"


def _line(arguments: type[BaseModel], detail: ErrorDetails) -> str:
    path, model = _place(arguments, detail["loc"])
    where = ".".join(map(_short, path)) or "arguments"
    match detail["type"]:
        case "value_error":
            return f"{where}: {detail['ctx']['error']}."
        case "extra_forbidden":
            known = sorted(model.model_fields)
            near = difflib.get_close_matches(path[-1][:SHOWN_LENGTH], known, n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            return f"{where}: there is no such argument.{meant} Known here: {', '.join(known)}."
        case "missing":
            return f"{where}: this argument is needed."
        case "too_short" | "string_too_short":
            return f"{where}: this must not be empty. An empty value never stands for all tasks."
        case _:
            return f"{where}: {detail['msg']}."


def _place(arguments: type[BaseModel], location: tuple[int | str, ...]) -> tuple[list[str], type[BaseModel]]:
    """Return the names that the client wrote on the way to the error, and the model of the last object on it.

    Behind the name of a field, pydantic adds the kinds of value it tried; those are no names, and are left out.
    """
    path: list[str] = []
    model, inside = arguments, True
    for part in location:
        if isinstance(part, int):
            path.append(str(part))
        elif inside:
            path.append(part)
            deeper = _nested(model, part)
            model, inside = deeper or model, deeper is not None
    return path, model


def _nested(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """Return the model of the items of a list field."""
    field = model.model_fields.get(name)
    inner = getattr(field.annotation, "__args__", ()) if field else ()
    return next((item for item in inner if isinstance(item, type) and issubclass(item, BaseModel)), None)
