"""The agent engine: lines go through the whole product (agent, MCP, task service, workers) on an embedded host.

Each dialogue gets a host of its own. Phrases share one: each is another user's, who sees nothing of the others.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from evals.case import Case, Dialogue, Phrase
from evals.engine import Result
from evals.engines.dialogues import play
from evals.engines.model_door import Script
from evals.engines.phrases import say
from evals.engines.seeds import CannotSeed
from evals.engines.stage import Theatre
from evals.moments import UnknownPreference
from evals.scorers import Verdict
from taskora import telemetry
from taskora.config import Settings
from taskora.domain.errors import TaskoraError

FEW = 100
"""So few cases are done before a second process has started."""

AT_ONCE = 4
"""Dialogues that are played at the same time: while one host waits for the disk, another works."""

_TROUBLE = (UnknownPreference, CannotSeed, TaskoraError)


@dataclass(frozen=True, slots=True)
class AgentEngine:
    """Says each phrase and plays each dialogue, in so many processes of their own when more than one is given."""

    workers: int = 1
    name: str = field(default="agent", init=False)

    def run(self, cases: Sequence[Case]) -> Iterator[Result | None]:
        """Yield a result for each case in order."""
        if self.workers == 1 or len(cases) < FEW:
            return iter(_run(cases))
        shares = [cases[place :: self.workers] for place in range(self.workers)]
        with ProcessPoolExecutor(
            self.workers, mp_context=get_context("spawn"), initializer=telemetry.set_up, initargs=("ERROR",)
        ) as processes:
            found = {result.case.id: result for share in processes.map(_run, shares) for result in share}
        return iter([found[case.id] for case in cases])


def _run(cases: Sequence[Case]) -> list[Result]:
    return asyncio.run(played(cases, Settings()))


async def played(cases: Sequence[Case], settings: Settings, script: Script | None = None) -> list[Result]:
    """Return the results of cases in order, on hosts with the model of the settings; `script` is told which turn comes."""
    phrases = [case for case in cases if isinstance(case, Phrase)]
    dialogues = [case for case in cases if isinstance(case, Dialogue)]
    found = {result.case.id: result async for result in _say_all(phrases, settings, script)}
    at_once, starting = asyncio.Semaphore(AT_ONCE), asyncio.Lock()
    for result in await asyncio.gather(
        *(_play_one(case, Theatre(settings, starting, script), at_once) for case in dialogues)
    ):
        found[result.case.id] = result
    return [found[case.id] for case in cases]


async def _play_one(case: Dialogue, theatre: Theatre, at_once: asyncio.Semaphore) -> Result:
    async with at_once:
        try:
            return await play(case, theatre)
        except _TROUBLE as error:
            return _not_run(case, error)


async def _say_all(phrases: Sequence[Phrase], settings: Settings, script: Script | None) -> AsyncIterator[Result]:
    if not phrases:
        return
    theatre = Theatre(settings, asyncio.Lock(), script)
    async with theatre.open_stage(phrases[0].moment.now) as stage:
        for case in phrases:
            try:
                yield await say(case, stage)
            except _TROUBLE as error:
                yield _not_run(case, error)


def _not_run(case: Case, error: Exception) -> Result:
    """Return a failure of a case that could not be set up or carried through, with the reason."""
    return Result(case, {"error": str(error)}, Verdict(("run",), ("run",)))
