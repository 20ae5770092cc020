"""`make conformance`: run the suite and the linter, print a line each, and end with 1 when anything does not hold."""

import asyncio
import sys
import tempfile
from pathlib import Path

from services.local import launch
from taskora.config import Settings
from tests.conformance import lint, suite
from tests.conformance.instance import instance
from tests.conformance.node import NotInstalled, programs


async def main() -> int:
    """Return 0 when all holds, 1 when something does not, 2 where it cannot be run."""
    try:
        programs()
    except NotInstalled as error:
        say(f"error: {error}")
        return 2
    with tempfile.TemporaryDirectory(prefix="taskora-conformance-") as folder:
        failed = await _suite(Path(folder)) + await _lint(Path(folder))
    say(f"{failed} of these do not hold" if failed else "all of it holds")
    return 1 if failed else 0


async def _suite(folder: Path) -> int:
    """Return how many scenarios failed."""
    left_out = suite.LeftOut.read()
    failed = 0
    known: set[str] = set()
    async with instance(folder / "suite") as url:
        for era in suite.ERAS:
            names = await suite.scenarios(era)
            known.update(names)
            chosen = [name for name in names if not left_out.has(name, era)]
            say(
                f"== the suite, {era}: {len(chosen)} scenarios, {len(names) - len(chosen)} left out (tools/mcp/left-out.yaml)"
            )
            for name in chosen:
                outcome = await suite.run(url, era, name, folder / era, left_out.checks.get(name, {}))
                failed += _told(f"{name}, {outcome.held} checks", outcome.failures)
    return failed + sum(_told(name, ("the suite has no such scenario",)) for name in suite.stale(left_out, known))


async def _lint(folder: Path) -> int:
    """Return how often the linter found something."""
    say("== the inspector's strict lint of the tools")
    failed = 0
    async with instance(folder / "lint") as url:
        for era in lint.ERAS:
            said = await lint.lint([url], era)
            failed += _told(f"over HTTP, {era}", (said,) if said else ())
    settings = Settings(data_dir=folder / "stdio")
    try:
        for era in lint.ERAS:
            said = await lint.lint([lint.TASKORA, "mcp"], era, settings)
            failed += _told(f"over standard input and output, {era}", (said,) if said else ())
    finally:
        launch.stop(settings.data_dir)
    return failed


def _told(what: str, failures: tuple[str, ...]) -> int:
    say(f"{'FAILED' if failures else 'holds '}  {what}")
    for failure in failures:
        say(f"        {failure}")
    return 1 if failures else 0


def say(line: str) -> None:
    """Print a line to the terminal."""
    print(line, flush=True)  # noqa: T201  a program for the terminal


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
