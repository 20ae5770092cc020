"""How a command of the terminal ends: the exit codes, and the one line that people see when something went wrong.

| code | meaning |
|---|---|
| 0 | done |
| 1 | refused: the request itself is at fault, or `doctor` found something |
| 2 | the command line was wrong |
| 3 | Taskora cannot start here: folder, port, database or version |
| 4 | a part is away for the moment; the same command can work later |
| 70 | a defect of Taskora; the log has the details |
| 130 | interrupted |
"""

from collections.abc import Mapping

from taskora.domain.errors import CannotStart, Refused, TaskoraError, Unavailable

REFUSED = 1
USAGE = 2
CANNOT_START = 3
UNAVAILABLE = 4
DEFECT = 70
INTERRUPTED = 130

MARK = "error: "

_CODES: Mapping[type[TaskoraError], int] = {Refused: REFUSED, Unavailable: UNAVAILABLE, CannotStart: CANNOT_START}


def code_of(error: TaskoraError) -> int:
    """Return the exit code for an error."""
    for kind, code in _CODES.items():
        if isinstance(error, kind):
            return code
    return DEFECT


def line_of(error: TaskoraError) -> str:
    """Return the error as one line: what happened, what to do."""
    return MARK + " ".join(error.sentence.split())
