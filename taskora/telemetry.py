"""Logs: one JSON object a line on standard error, set up once where a process starts.

Every line carries the correlation id of the request or event it belongs to. What people write (titles, descriptions, words
of the chat) is never logged: ids, types, codes and reasons are. Not here: what is logged, which is each module's own affair
through `structlog.get_logger()`.
"""

import contextlib
import io
import logging
import sys
from collections.abc import Iterator
from typing import TextIO, cast

import structlog
from structlog.typing import Processor

_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
)
_QUIET = ("uvicorn", "httpx2", "httpcore2", "mcp", "openai.agents", "alembic")


def set_up(level: str) -> None:
    """Send our own logs and those of libraries to standard error as JSON, from `level` (a name such as INFO) on."""
    threshold = logging.getLevelNamesMapping()[level]
    structlog.configure(
        processors=[*_SHARED, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, _Output())),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(_Output())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *_SHARED],
        )
    )
    logging.basicConfig(level=threshold, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(threshold, logging.WARNING))


class _Output(io.TextIOBase):
    """Standard error, where a full disk costs a line and never the work that the line is about."""

    def write(self, text: str, /) -> int:
        with contextlib.suppress(OSError):
            return sys.stderr.write(text)
        return 0

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.flush()


@contextlib.contextmanager
def correlated(correlation_id: str) -> Iterator[None]:
    """Let every line that is logged inside carry this correlation id."""
    with structlog.contextvars.bound_contextvars(correlation_id=correlation_id):
        yield


def correlation_id() -> str | None:
    """Return the correlation id of the request or event that is being worked on."""
    value = structlog.contextvars.get_contextvars().get("correlation_id")
    return value if isinstance(value, str) else None
