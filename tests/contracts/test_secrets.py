"""What every host promises of secrets."""

import pytest

from tests.contracts.conftest import EmbeddedWorld

pytestmark = pytest.mark.anyio
KEY = "a key for tests that is long enough"


async def test_a_secret_is_found_by_its_name(world: EmbeddedWorld) -> None:
    secrets = await world.secrets({"signing-key": KEY})
    assert await secrets.get("signing-key") == KEY


async def test_a_secret_that_is_not_there_is_none(world: EmbeddedWorld) -> None:
    secrets = await world.secrets({"signing-key": KEY})
    assert await secrets.get("nothing") is None
    assert await secrets.get("data-dir") is None
