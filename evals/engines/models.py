"""The engines that ask a language model: `replay` plays recorded answers, `llm` asks the model of the settings.

Both play cases as the agent engine does, on hosts whose every line goes to the model, so that its choices are judged and not
the rules'. The guard, the tools and the task service are those of the product.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx2

from evals.case import Case
from evals.engine import NoEngine, Result
from evals.engines.agent import played
from evals.engines.model_door import Script, open_door
from evals.engines.scripts import Player, Recorder
from evals.form import Json
from evals.recordings import Recordings
from taskora.config import ALWAYS, Settings

NEEDED = (
    "The engine llm needs a model. Set TASKORA_MODEL_URL to the address of a server that speaks OpenAI's chat completions and "
    "TASKORA_MODEL_NAME to one of its models (and TASKORA_MODEL_KEY, if it wants a key)."
)


@dataclass(frozen=True, slots=True)
class ReplayEngine:
    """Plays the cases that were recorded; the others are skipped."""

    recordings: Recordings
    name: str = field(default="replay", init=False)

    def run(self, cases: Sequence[Case]) -> Iterator[Result | None]:
        """Yield a result for each case in order, None where nothing is recorded."""
        known = [case for case in cases if case.id in self.recordings.cases]
        found = {result.case.id: result for result in asyncio.run(self._run(known))}
        return iter([found.get(case.id) for case in cases])

    async def _run(self, cases: Sequence[Case]) -> list[Result]:
        results = []
        for case in cases:
            async with _behind(Player(self.recordings), Settings(model_name="recorded")) as (settings, script):
                results += await played([case], settings, script)
        return results


@dataclass(frozen=True, slots=True)
class ModelEngine:
    """Asks the model of the settings for every line, and writes its answers down where `record` says."""

    settings: Settings
    record: Path | None = None
    name: str = field(default="llm", init=False)

    @classmethod
    def of(cls, environment: Mapping[str, str], record: Path | None = None) -> "ModelEngine":
        """Return the engine for the model that the environment names. Raises NoEngine."""
        settings = Settings.read(environment)
        if settings.model_url is None or settings.model_name is None:
            raise NoEngine(NEEDED)
        return cls(settings, record)

    def run(self, cases: Sequence[Case]) -> Iterator[Result | None]:
        """Yield a result for each case in order."""
        return iter(asyncio.run(self._run(cases)))

    async def _run(self, cases: Sequence[Case]) -> list[Result]:
        if self.record is None:
            return await played(cases, replace(self.settings, model_use=ALWAYS))
        kept: dict[tuple[str, int], list[Json]] = {}
        results = []
        async with httpx2.AsyncClient() as http:
            for case in cases:
                recorder = Recorder(http, str(self.settings.model_url), self.settings.model_key, kept)
                async with _behind(recorder, self.settings) as (settings, script):
                    results += await played([case], settings, script)
        Recordings(kept).write(self.record)
        return results


@asynccontextmanager
async def _behind(script: Script, settings: Settings) -> AsyncIterator[tuple[Settings, Script]]:
    """Give settings whose model is the script, and which send it every line."""
    async with open_door(script) as url:
        yield replace(settings, model_url=url, model_use=ALWAYS, model_stream=False), script
