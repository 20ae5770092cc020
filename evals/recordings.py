"""Recorded answers of a language model: JSON Lines, one turn a line, so that a run with a model can be repeated without it.

    {"case": "tools-001", "turn": 1, "answers": [{"calls": [{"name": "add_tasks", "arguments": {…}}]}, {"text": "Added."}]}

A phrase is turn 1. The answers are given in their order, one for each time the model is asked within the turn.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.form import Json

FOLDER = Path(__file__).parent / "recordings"

Turns = Mapping[tuple[str, int], Sequence[Json]]


class RecordingError(ValueError):
    """A recording cannot be read; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Recordings:
    """What a model answered, by case and turn."""

    turns: Turns

    @classmethod
    def read(cls, path: Path = FOLDER) -> "Recordings":
        """Read a file, or every file of a folder. Raises RecordingError."""
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        return cls({key: answers for file in files for key, answers in _lines(file)})

    def write(self, path: Path) -> None:
        """Write them into one file."""
        lines = [{"case": case, "turn": turn, "answers": list(answers)} for (case, turn), answers in self.turns.items()]
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")

    @property
    def cases(self) -> frozenset[str]:
        """Return the ids of the cases that were recorded."""
        return frozenset(case for case, _ in self.turns)


def _lines(path: Path) -> Iterable[tuple[tuple[str, int], Sequence[Json]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _turn(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise RecordingError(f"{path.name}:{number}: no recorded turn: {error}") from error


def _turn(raw: Mapping[str, object]) -> tuple[tuple[str, int], Sequence[Json]]:
    answers = raw["answers"]
    if not isinstance(answers, list) or any(not isinstance(one, dict) or not one.keys() & _KINDS for one in answers):
        raise ValueError("answers is a list of objects with calls or text")
    return (str(raw["case"]), int(str(raw["turn"]))), answers


_KINDS = {"calls", "text"}
"""What an answer holds: the tools that it calls, or what it says."""
