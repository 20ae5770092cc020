"""`make up-dapr`: the whole system on this machine, until a signal ends it. What is set already is used, the rest is started.

PostgreSQL (unless TASKORA_DATABASE_URL is set), Redis (unless REDIS_HOST is), the scheduler, and a process with a sidecar for
each service. Everything lives under `<data folder>/dapr`; nothing but the loopback address is listened on.
"""

import asyncio
import contextlib
import json
import os
import secrets
import shlex
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from services.server.neighbours import alone
from services.server.system import System, made
from taskora.config import SERVER, Settings
from taskora.domain.errors import CannotStart, TaskoraError


async def run(settings: Settings) -> None:
    """Start everything, say how it is reached, wait for a signal, end everything. Raises CannotStart or Unavailable."""
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    system = System(settings, made(settings.data_dir / "dapr"))
    key = _key(system.folder / "secrets.json", settings.signing_key)
    try:
        working = asyncio.create_task(_work(system, key))
        ended = asyncio.create_task(ending.wait())
        await asyncio.wait({working, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if working.done():
            working.result()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
    finally:
        await system.end()


async def _work(system: System, key: str) -> None:
    await system.start()
    say(_introduction(system, _for_terminals(system, key)))
    await system.watch()


def _introduction(system: System, terminal: Path) -> str:
    """Return how everything is reached."""
    token = "$(.venv/bin/taskora token --user ada --audience agent)"  # noqa: S105  a command that makes one
    line = json.dumps({"text": "add daily task standup due 9am tagged work"})
    return "\n".join(
        (
            "Taskora runs on Dapr, a process with a sidecar for each service:",
            *(f"  {name:<11} {url}" for name, url in system.urls.items()),
            f"Logs and data: {system.folder}",
            "To try it, in another terminal:",
            f"  . {shlex.quote(str(terminal))}",
            f'  curl -N {system.urls["agent"]}/chat -H "Authorization: Bearer {token}" \\',
            f"    -H 'Content-Type: application/json' -d '{line}'",
            "Ctrl-C ends everything.",
        )
    )


def say(text: str) -> None:
    """Print to the terminal."""
    print(text, flush=True)  # noqa: T201  the terminal


def _for_terminals(system: System, key: str) -> Path:
    """Write the variables with which commands of the terminal reach this system, and return the file."""
    variables: Mapping[str, str] = {
        "TASKORA_MODE": SERVER,
        "TASKORA_SIGNING_KEY": key,
        "TASKORA_DATABASE_URL": system.variables["TASKORA_DATABASE_URL"],
    }
    lines = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())
    return _written(system.folder / "environment", lines)


def _key(file: Path, key: str | None) -> str:
    """Return the key that signs tokens, from the file of the secret store; it is made once, and a setting replaces it."""
    if key is None and file.exists():
        return str(json.loads(file.read_text())["signing-key"])
    key = key or secrets.token_urlsafe(32)
    _written(file, json.dumps({"signing-key": key}))
    return key


def _written(file: Path, content: str) -> Path:
    """Write a file that only its owner reads."""
    file.touch(mode=0o600)
    file.write_text(content, encoding="utf-8")
    return file


def main() -> int:
    """Return 0 after a signal, 3 where it cannot start, 4 when a part ended by itself."""
    try:
        with alone():
            asyncio.run(run(Settings.read(os.environ)))
    except TaskoraError as error:
        print(f"error: {error.sentence}", file=sys.stderr)  # noqa: T201  the terminal
        return 3 if isinstance(error, CannotStart) else 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
