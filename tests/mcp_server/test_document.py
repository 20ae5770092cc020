"""docs/mcp.md names everything that there is."""

from pathlib import Path

import pytest
from mcp import Client

from mcp_server.server import build
from services.local.cli.assistants import ASSISTANTS
from tests.mcp_server import unreachable

pytestmark = pytest.mark.anyio

PAGE = Path("docs/mcp.md").read_text()


async def test_the_page_names_every_tool_resource_prompt_and_assistant() -> None:
    async with Client(build(unreachable.client)) as client:
        there = {
            *(tool.name for tool in (await client.list_tools()).tools),
            *(resource.uri for resource in (await client.list_resources()).resources),
            *(template.uri_template for template in (await client.list_resource_templates()).resource_templates),
            *(prompt.name for prompt in (await client.list_prompts()).prompts),
            *ASSISTANTS,
        }
    assert {name for name in there if f"`{name}`" not in PAGE} == set()
