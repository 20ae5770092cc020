"""Logs: one JSON object a line on standard error, set up once where a process starts; and what tells requests apart in them.

Every line carries the correlation id and the trace (W3C Trace Context) of the request or event it belongs to. What people
write (titles, descriptions, words of the chat) is never logged: ids, types, codes and reasons are. Not here: what is logged,
which is each module's own affair through `structlog.get_logger()`.
"""

import contextlib
import io
import logging
import re
import secrets
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
_QUIET = ("uvicorn", "httpx2", "httpcore2", "mcp", "openai", "alembic")


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
def correlated(correlation_id: str, traceparent: str | None = None) -> Iterator[None]:
    """Let every line that is logged inside carry this correlation id, and this trace when one is given."""
    traced = {} if traceparent is None else {"traceparent": traceparent}
    with structlog.contextvars.bound_contextvars(correlation_id=correlation_id, **traced):
        yield


def correlation_id() -> str | None:
    """Return the correlation id of the request or event that is being worked on."""
    return _bound("correlation_id")


def traceparent() -> str | None:
    """Return the traceparent of the request or event that is being worked on."""
    return _bound("traceparent")


def continued(given: str) -> str:
    """Return the traceparent of a step within the trace of another one; within a new trace when that one is malformed.

    W3C Trace Context §3.2: version, trace id, parent id, flags; a version after 00 may append more, which is left out.
    """
    found = _TRACEPARENT.fullmatch(given)
    if found is None or (found["version"] == "00" and found["more"]):
        return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
    return f"00-{found['trace']}-{secrets.token_hex(8)}-{found['flags']}"


def _bound(name: str) -> str | None:
    value = structlog.contextvars.get_contextvars().get(name)
    return value if isinstance(value, str) else None


_TRACEPARENT = re.compile(
    r"(?P<version>(?!ff)[0-9a-f]{2})-(?P<trace>(?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-(?P<flags>[0-9a-f]{2})(?P<more>-.*)?"
)
