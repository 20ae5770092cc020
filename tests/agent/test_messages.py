"""Messages that their client sends again: the same answer, and nothing twice."""

import asyncio
from typing import Any

import pytest

from taskora.runtime.embedded.state import StoredState
from tests.agent.model_server import Says, calls
from tests.agent.modelled import STORY, Modelled
from tests.agent.talk import Talk

pytestmark = pytest.mark.anyio


async def sent(talk: Talk, identifier: str, text: str, **more: Any) -> dict[str, Any]:
    """Return the last event of the answer to a message."""
    return dict(await talk.stream({"text": text, "client_message_id": identifier, **more}))["done"]


async def test_a_message_that_is_sent_again_gets_the_same_answer_and_acts_once(talk: Talk) -> None:
    first = await sent(talk, "m1", "add buy milk friday")
    assert await sent(talk, "m1", "add buy milk friday") == first
    assert first["changed"] == 1
    assert len((await talk.host.tasks.tasks()).tasks) == 1


async def test_the_answer_comes_again_as_a_stream_whose_pieces_are_the_reply(talk: Talk) -> None:
    await sent(talk, "m1", "add buy milk")
    found = await talk.stream({"text": "add buy milk", "client_message_id": "m1"})
    assert "".join(data["text"] for name, data in found if name == "delta") == dict(found)["done"]["reply"]


async def test_the_same_message_many_times_at_once_acts_once(talk: Talk) -> None:
    answers = await asyncio.gather(*(sent(talk, "m1", "add buy milk") for _ in range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert len((await talk.host.tasks.tasks()).tasks) == 1


async def test_a_yes_that_is_sent_again_says_again_what_it_did(talk: Talk) -> None:
    begun = await sent(talk, "m1", "add essay\nadd report")
    conversation = begun["conversation"]
    await sent(talk, "m2", "delete everything", conversation=conversation)
    done = await sent(talk, "m3", "yes", conversation=conversation)
    assert done["changed"] == 2
    assert await sent(talk, "m3", "yes", conversation=conversation) == done


async def test_another_line_under_the_same_id_is_refused(talk: Talk) -> None:
    await sent(talk, "m1", "add buy milk")
    found = await talk.stream({"text": "add buy bread", "client_message_id": "m1"})
    assert dict(found)["error"]["code"] == "idempotency_key_reused"
    assert len((await talk.host.tasks.tasks()).tasks) == 1


@pytest.mark.requirement("R-013")
async def test_an_id_belongs_to_its_user(talk: Talk) -> None:
    await sent(talk, "m1", "add buy milk")
    other = Talk(talk.host, "bob")
    assert "bread" in (await sent(other, "m1", "add bread"))["reply"]


async def forget_the_end(talk: Talk, identifier: str) -> None:
    """Leave a message as a crash leaves it: what was done is done, what it began with is kept, its answer is not."""
    state = StoredState(talk.host.host.database)
    kept = await state.get(f"message/local/{identifier}")
    assert kept is not None
    assert isinstance(kept.value, dict)
    await state.put(f"message/local/{identifier}", kept.value | {"done": None})


async def test_a_message_that_was_cut_off_by_a_crash_is_answered_again_without_acting_twice(talk: Talk) -> None:
    first = await sent(talk, "m1", "add buy milk\nadd buy bread")
    await forget_the_end(talk, "m1")
    assert await sent(talk, "m1", "add buy milk\nadd buy bread") == first
    assert len((await talk.host.tasks.tasks()).tasks) == 2


async def test_a_models_calls_are_not_made_twice_either(modelled: Modelled) -> None:
    adding = calls("add_tasks", items=[{"title": "milk"}])
    modelled.server.will(adding, Says(""), adding, Says(""))
    first = await sent(modelled.talk, "m1", STORY)
    await forget_the_end(modelled.talk, "m1")
    again = await sent(modelled.talk, "m1", STORY)
    assert again["reply"] == first["reply"]
    assert await modelled.titles() == ["milk"]


async def test_a_model_that_changes_its_mind_on_the_second_try_changes_nothing_more(modelled: Modelled) -> None:
    modelled.server.will(
        calls("add_tasks", items=[{"title": "milk"}]),
        Says(""),
        calls("add_tasks", items=[{"title": "bread"}]),
        Says(""),
    )
    await sent(modelled.talk, "m1", STORY)
    await forget_the_end(modelled.talk, "m1")
    await sent(modelled.talk, "m1", STORY)
    assert await modelled.titles() == ["milk"]
