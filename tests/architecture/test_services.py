"""Services meet through events only: none of them calls another, and what follows from an event is asked for by an event."""

from pathlib import Path

import pytest

from tests.architecture.sources import imported, product_modules

COMPOSITION = ("services/kit/", "services/local/", "services/server/")
CALLS = ("httpx2", "taskora.api.client", "taskora.runtime.embedded", "taskora.runtime.dapr", "asyncpg", "socket")
SERVICES = [
    path
    for path in product_modules()
    if path.as_posix().startswith("services/") and path.parent != Path("services")
    if not path.as_posix().startswith(COMPOSITION)
]


def test_the_services_are_found() -> None:
    assert {"tasks", "recurrence"} <= {path.parts[1] for path in SERVICES}


@pytest.mark.requirement("R-068")
@pytest.mark.parametrize("path", SERVICES, ids=str)
def test_a_service_calls_no_other_service_and_knows_no_host(path: Path) -> None:
    names = imported(path)
    assert {name for name in names if name.startswith(CALLS)} == set()
    others = {
        name for name in names if name.startswith("services.") and name.split(".")[1] not in {"kit", path.parts[1]}
    }
    assert others == set()
