"""docs/tools.md is what the code makes of it, and names every tool and every argument."""

from mcp_server.reference import FILE, page
from mcp_server.server import TOOLS


def test_the_page_is_what_the_code_makes_of_it() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), "run python -m mcp_server.reference"


def test_the_page_names_every_tool_and_every_argument() -> None:
    sections = page().split("\n## ")[1:]
    assert [section.partition("\n")[0] for section in sections] == [tool.name for tool in TOOLS]
    for tool, section in zip(TOOLS, sections, strict=True):
        assert all(f"| `{name}` |" in section for name in tool.arguments.model_fields)
