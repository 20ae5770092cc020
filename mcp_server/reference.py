"""The reference of the tools, docs/tools.md, made of their schemas: `python -m mcp_server.reference`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mcp_server.schemas import compact_schema
from mcp_server.server import INSTRUCTIONS, TOOLS
from mcp_server.strict_tool import ToolSpec

FILE = Path("docs/tools.md")
_INTRODUCTION = """\
# The MCP tools
What an assistant sees of each tool, in short; a client gets the same as JSON Schema by `tools/list`. How the server is
reached is in [mcp.md](mcp.md). This page is written by `python -m mcp_server.reference`.

An argument that a tool does not know is refused, and the ones that it knows are named. In an answer, a field that says
nothing is left out, and the text holds the same JSON as the structure. An item that was not done has a `problem`: `item`
(counted from 0), `code`, `detail`, `advice`, and where it applies `field`, `candidates`, or the `task` as it is now. A call is
an error when nothing of it was done. Descriptions that would fill an answer are cut, and say so.

What every assistant is told at the start:

> {instructions}
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([_INTRODUCTION.format(instructions=INSTRUCTIONS), *(_section(tool) for tool in TOOLS)])


def _section(tool: ToolSpec[Any]) -> str:
    taken = compact_schema(tool.arguments, "validation")
    given = compact_schema(tool.answer, "serialization")
    rows = "".join(
        f"| `{name}` | {kind} | {'yes' if needed else ''} | {text} |\n"
        for name, kind, needed, text in _arguments(taken)
    )
    return (
        f"## {tool.name}\n{tool.description}\n\n*{_hints(tool)}.*\n\n"
        f"| argument | form | needed | |\n|---|---|---|---|\n{rows}\n"
        f"Answers {', '.join(f'`{name}`' for name in _names(given))}.\n"
    )


def _hints(tool: ToolSpec[Any]) -> str:
    hints = tool.annotations
    if hints.read_only_hint:
        return "Only reads"
    taking = "may take something away" if hints.destructive_hint else "takes nothing away"
    again = "changes nothing more" if hints.idempotent_hint else "may act again"
    return f"Writes, {taking}, {again} when called twice"


def _arguments(schema: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str, bool, str]]:
    """Return name, form, need and meaning of each argument, of those inside objects after the object itself."""
    for name, one in schema["properties"].items():
        yield before + name, _form(one), name in schema.get("required", []), one.get("description", "")
        inner = one.get("items", one)
        if "properties" in inner:
            yield from _arguments(inner, f"{before}{name}[]." if "items" in one else f"{before}{name}.")


def _form(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        form = ", ".join(f"`{value}`" for value in schema["enum"])
    elif schema["type"] == "array":
        bounds = {"minItems": "at least", "maxItems": "at most"}
        sizes = [f"{words} {schema[bound]}" for bound, words in bounds.items() if bound in schema]
        return ", ".join([f"list of {_form(schema['items'])}", *sizes])
    elif "minimum" in schema:
        form = f"{schema['minimum']} to {schema['maximum']}"
    else:
        form = str(schema.get("format", schema["type"]))
    return form + (f" (else `{schema['default']}`)" if "default" in schema else "")


def _names(schema: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, one in schema["properties"].items():
        inner = one.get("items", one)
        if "properties" in inner and name != "problem":
            yield from _names(inner, f"{before}{name}[]." if "items" in one else f"{before}{name}.")
        else:
            yield before + name


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
