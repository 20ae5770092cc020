"""A conversation over a whole host. It is Tuesday, 24 November 2026, 10:00 in New York."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.agent.talk import Talk
    from tests.hosts import LocalHost


@pytest.fixture
def talk(host: "LocalHost") -> "Talk":
    from tests.agent.talk import Talk  # noqa: PLC0415  a test of pure code does not wait for a host's imports

    return Talk(host)
