"""The statements of lists are compiled once for each form, whatever their values: compiling costs more than the list."""

from unittest.mock import patch

import pytest
from sqlalchemy import Connection
from sqlalchemy.sql.elements import ClauseElement

from services.tasks.store.listing import Place, Selection, page
from taskora.api import wire
from taskora.api.client import TasksClient
from tests.tasks.world import World

pytestmark = pytest.mark.anyio


async def test_lists_of_one_form_are_compiled_once(world: World, ada: TasksClient) -> None:
    plants = [wire.NewTask(title=f"water plant {number}", tags=["home"]) for number in range(3)]
    await ada.create(plants)
    place = Place((("due", False),), 1, counted=True)

    def look(connection: Connection, text: str, tag: str) -> int:
        wanted = Selection(tags=(tag,), any_tags=(tag,), no_tags=("work",), text=text, status="open", priority=1)
        return len(page(connection, "ada", wanted, place, "").tasks)

    assert await world.database.read(lambda connection: look(connection, "water pl", "home")) == 1
    with patch.object(ClauseElement, "_compiler", autospec=True, side_effect=AssertionError("compiled again")):
        assert await world.database.read(lambda connection: look(connection, "plant w", "house")) == 0
        assert await world.database.read(lambda connection: look(connection, "plant w", "home")) == 1
