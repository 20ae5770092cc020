"""What import-linter cannot say: where a library may be used, and what the pure core may not touch."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import imported, product_modules

ROOMS = {
    "agents": ("agent/",),
    "openai": ("agent/",),
    "mcp": ("agent/", "mcp_server/"),
    "sqlmodel": ("taskora/storage/", "taskora/runtime/embedded/", "services/tasks/store/"),
    "sqlalchemy": ("taskora/storage/", "taskora/runtime/embedded/", "services/tasks/store/"),
    "click": ("services/local/cli/",),
    "rich": ("services/local/cli/", "evals/"),
    "prompt_toolkit": ("services/local/cli/",),
    "uvicorn": ("services/kit/",),
}
IMPURE = {
    "os",
    "io",
    "socket",
    "random",
    "secrets",
    "time",
    "asyncio",
    "threading",
    "subprocess",
    "sqlite3",
    "httpx2",
    "logging",
}
CLOCKS = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(|(?<![\w.])open\(")


def _library(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("path", product_modules(), ids=str)
def test_each_library_stays_in_its_room(path: Path) -> None:
    place = path.as_posix()
    strays = {name for name in map(_library, imported(path)) if name in ROOMS and not place.startswith(ROOMS[name])}
    assert strays == set()


PURE = [path for path in product_modules() if path.as_posix().startswith(("taskora/domain/", "taskora/nlu/"))]


@pytest.mark.parametrize("path", PURE, ids=str)
def test_the_core_does_no_input_or_output_and_reads_no_clock(path: Path) -> None:
    assert {_library(name) for name in imported(path)} & IMPURE == set()
    assert CLOCKS.findall(path.read_text()) == []


@pytest.mark.requirement("R-071")
def test_no_broker_client_is_locked_or_imported() -> None:
    lock = Path("uv.lock").read_text()
    for client in ("kafka-python", "aiokafka", "confluent-kafka", "redis", "faust", "pika", "aio-pika", "nats-py"):
        assert f'name = "{client}"' not in lock
    used = {_library(name) for path in product_modules() for name in imported(path)}
    assert used & {"kafka", "aiokafka", "confluent_kafka", "redis", "pika", "aio_pika", "nats"} == set()
