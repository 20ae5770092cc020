"""The command line: `python -m evals run --suite FILE` for any suite, `python -m evals gate` for our own (`make eval`)."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.baseline import Baseline
from evals.case import Case, SuiteError, read_suite
from evals.engine import Engine, NoEngine
from evals.recordings import FOLDER, RecordingError, Recordings
from evals.report import as_lines, write_reports
from evals.runner import run_suite
from taskora import telemetry

HERE = Path(__file__).parent
CASES = HERE / "cases"
BASELINE = HERE / "baseline.json"
ENGINES = ("parser", "agent", "replay", "llm")
GATED = ("parser", "agent", "replay")
"""What runs without a language model of one's own."""
WORKERS_AT_MOST = 4
PASSED, FAILED, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 passed, 1 failed, 2 a suite that cannot be read."""
    asked = _parser().parse_args(arguments)
    try:
        return _run(asked) if asked.command == "run" else _gate(asked)
    except (SuiteError, RecordingError, NoEngine) as error:
        sys.stderr.write(f"{error}\n")
        return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Run evaluation cases.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the cases of a file")
    run.add_argument("--suite", type=Path, required=True, help="a file with one case a line (docs/evals.md)")
    run.add_argument("--engine", choices=ENGINES, default="parser", help="what is asked (default: %(default)s)")
    run.add_argument("--out", type=Path, help="folder for report.json, .md, .html and junit.xml")
    run.add_argument("--recordings", type=Path, default=FOLDER, help="what replay plays: a file, or a folder of files")
    run.add_argument("--record", type=Path, help="file for the answers of the model that llm asks")
    run.add_argument("--no-fail", action="store_true", help="exit 0 although cases fail")
    gate = commands.add_parser("gate", help="run our own cases against their floors and the baseline")
    gate.add_argument("--engine", choices=GATED, action="append", help="only this engine (default: all)")
    gate.add_argument("--out", type=Path, help="folder for the reports, one folder an engine in it")
    gate.add_argument("--record", action="store_true", help="raise baseline.json to what this run reaches")
    return parser


def _run(asked: argparse.Namespace) -> int:
    run = run_suite(asked.suite.name, read_suite(asked.suite), _engine(asked.engine, asked.recordings, asked.record))
    sys.stdout.write(as_lines(run))
    if asked.out is not None:
        write_reports(run, asked.out)
    return PASSED if asked.no_fail or run.count.passed == run.count.total else FAILED


def _gate(asked: argparse.Namespace) -> int:
    cases = own_cases()
    baseline = Baseline.read(BASELINE)
    faults: list[str] = []
    for name in asked.engine or GATED:
        run = run_suite("evals/cases", cases, _engine(name))
        sys.stdout.write(as_lines(run))
        if asked.out is not None:
            write_reports(run, asked.out / name)
        if asked.record:
            baseline = baseline.raised_to(run)
        faults += baseline.faults(run)
    if asked.record:
        baseline.write(BASELINE)
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return FAILED if faults else PASSED


def own_cases(folder: Path = CASES) -> list[Case]:
    """Read every suite of the folder, by name. Raises SuiteError, also when two files use one id."""
    found: dict[str, Case] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for case in read_suite(path):
            if case.id in found:
                raise SuiteError(f"{path.name}: id {case.id!r} is used in another file")
            found[case.id] = case
    return list(found.values())


def _engine(name: str, recordings: Path = FOLDER, record: Path | None = None) -> Engine:
    """Load an engine; only the one asked for, since the agent's imports take seconds. Raises NoEngine, RecordingError."""
    if name == "parser":
        from evals.engines.parser import ParserEngine  # noqa: PLC0415  see the docstring

        return ParserEngine()
    if name == "agent":
        from evals.engines.agent import AgentEngine  # noqa: PLC0415  see the docstring

        return AgentEngine(workers=min(os.cpu_count() or 1, WORKERS_AT_MOST))
    from evals.engines.models import ModelEngine, ReplayEngine  # noqa: PLC0415  see the docstring

    return ReplayEngine(Recordings.read(recordings)) if name == "replay" else ModelEngine.of(os.environ, record)


if __name__ == "__main__":
    telemetry.set_up("ERROR")
    sys.exit(main())
