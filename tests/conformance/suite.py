"""The official suite: every scenario that it has for an era, but for those that tools/mcp/left-out.yaml names with a reason."""

import asyncio
import json
import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.conformance.node import SOURCE, environment, programs

ERAS = ("2025-11-25", "2026-07-28")
LEFT_OUT = SOURCE / "left-out.yaml"
LIMIT = 120
_LISTED = re.compile(r"^\s+- (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not run, each with its reason: scenarios (of one era: `name@era`), and checks of scenarios that are run."""

    scenarios: Mapping[str, str]
    checks: Mapping[str, Mapping[str, str]]

    def has(self, scenario: str, era: str) -> bool:
        """Tell whether a scenario is not run in an era."""
        return scenario in self.scenarios or f"{scenario}@{era}" in self.scenarios

    @classmethod
    def read(cls) -> "LeftOut":
        """Return what the file says."""
        found = yaml.safe_load(LEFT_OUT.read_text())
        return cls(found["scenarios"], found["checks"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a scenario: how many checks held, and what did not. No check at all is a failure as well."""

    scenario: str
    held: int
    failures: tuple[str, ...]


async def scenarios(era: str) -> list[str]:
    """Return the names of the scenarios of an era. Raises ValueError when there are none: its form has changed then."""
    output = await _run("list", "--server", "--spec-version", era)
    found = _LISTED.findall(output)
    if not found:
        raise ValueError(f"the suite lists no scenario for {era}: {output[-500:]}")
    return found


async def run(url: str, era: str, scenario: str, folder: Path, left_out: Mapping[str, str]) -> Outcome:
    """Run one scenario against a server and return what came of it."""
    arguments = ("--url", url, "--scenario", scenario, "--spec-version", era, "-o", str(folder))
    output = await _run("server", *arguments)
    checks = _report(folder, scenario)
    if checks is None:
        return Outcome(scenario, 0, (f"there is no report: {output[-1000:]}",))
    failures = [
        f"{check['id']}: {check.get('errorMessage') or check['status']}"
        for check in checks
        if check["status"] in {"FAILURE", "WARNING"} and check["id"] not in left_out
    ]
    held = Counter(check["status"] for check in checks)["SUCCESS"]
    if not held:
        failures.append("it checked nothing")
    return Outcome(scenario, held, tuple(failures))


def stale(left_out: LeftOut, known: set[str]) -> list[str]:
    """Return what is left out and no era has any more."""
    return sorted({name.partition("@")[0] for name in (*left_out.scenarios, *left_out.checks)} - known)


def _report(folder: Path, scenario: str) -> list[dict[str, str]] | None:
    """Return the checks of a scenario that was run."""
    for report in folder.glob(f"server-{scenario}-[0-9]*/checks.json"):
        checks: list[dict[str, str]] = json.loads(report.read_text())
        return checks
    return None


async def _run(*arguments: str) -> str:
    process = await asyncio.create_subprocess_exec(
        str(programs() / "conformance"),
        *arguments,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    async with asyncio.timeout(LIMIT):
        output, _ = await process.communicate()
    return output.decode(errors="replace")
