"""What a model's client logs, even when everything is to be logged: neither the key nor what people say."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import asyncio
from agent.language_model.choice import Choice
from agent.language_model.language import Asked, Language, Spent
from agent.language_model.trouble import Trouble
from taskora import telemetry
from tests.agent.model_server import Calls, Fails, Says, serving

async def main():
    async with serving() as server:
        language = Language(Choice(server.url, "fake", "k-42"))
        for reply in (Says("private words"), Fails(401, "k-42 is no key"), Calls([("x", "{private")])):
            server.will(reply)
            try:
                async for _ in language.ask(Asked("private rules", [{"role": "user", "content": "private line"}], []), Spent()):
                    pass
            except Trouble as trouble:
                print(trouble)
        await language.close()

telemetry.set_up("DEBUG")
asyncio.run(main())
"""


def test_neither_the_key_nor_what_is_said_is_logged() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        timeout=90,
        cwd=Path(__file__).parents[2],
    )
    assert ran.stdout.splitlines() == ["it refused the key", "its answer made no sense"]
    assert "k-42" not in ran.stderr
    assert "private" not in ran.stderr
