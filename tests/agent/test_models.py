"""The agent with a language model beside the rules: who answers what, what the model is told, what a line costs."""

import pytest

from tests.agent.model_server import Calls, Says, calls
from tests.agent.modelled import STORY, Modelled, ModelledWith

pytestmark = pytest.mark.anyio


async def test_what_the_rules_cover_is_never_sent_to_the_model(modelled: Modelled) -> None:
    talk = modelled.talk
    for line in (
        "add daily task standup due 9am tagged work",
        "done with standup",
        "undo",
        "what's due this week",
        "help",
    ):
        await talk.say(line)
        assert talk.last["model"] is None
    assert modelled.server.asked == []


async def test_what_they_do_not_cover_goes_to_the_model_whose_calls_are_done_and_told_by_the_tools(
    modelled: Modelled,
) -> None:
    modelled.server.will(
        calls("add_tasks", items=[{"title": "buy milk", "when": "friday"}]), Says("Added it for Thursday!")
    )
    reply = await modelled.talk.say(STORY)
    assert reply == "Added #1 buy milk\n  Fri 27 Nov 2026"
    assert modelled.talk.changed == 1
    assert modelled.talk.tools == [("add_tasks", True)]


@pytest.mark.parametrize("stream", [True, False])
async def test_a_question_is_answered_in_the_models_words_streamed_or_not(
    modelled_with: ModelledWith, stream: bool
) -> None:
    modelled = await modelled_with(model_stream=stream)
    await modelled.talk.say("add essay friday")
    modelled.server.will(calls("find_tasks", text="essay"), Says("Begin with the essay, it is the only one you have."))
    reply = await modelled.talk.say("which of the two would you begin with if you were me, and why?")
    assert reply == "Begin with the essay, it is the only one you have."
    assert all(bool(asked.get("stream")) is stream for asked in modelled.server.asked)


async def test_tokens_and_cost_are_counted(modelled_with: ModelledWith) -> None:
    modelled = await modelled_with(model_price_in=2.0, model_price_out=10.0)
    modelled.server.will(Calls([("find_tasks", {})], tokens=(1000, 50)), Says("Nothing to do.", tokens=(1500, 30)))
    await modelled.talk.say(STORY)
    used = modelled.talk.last["model"]
    assert used == {
        "name": "fake",
        "requests": 2,
        "tokens_in": 2500,
        "tokens_out": 80,
        "cost": pytest.approx(2500 * 2e-6 + 80 * 10e-6),
        "trouble": None,
    }


async def test_the_model_is_told_the_day_the_zone_and_the_last_exchanges_and_no_key_is_in_the_body(
    modelled: Modelled,
) -> None:
    await modelled.talk.say("add essay friday")
    modelled.server.will(Says("Fine."))
    await modelled.talk.say(STORY)
    asked = modelled.server.asked[-1]
    assert "Tuesday, 24 November 2026, 10:00 (America/New_York)" in asked["messages"][0]["content"]
    assert modelled.server.heard == ["add essay friday", STORY]
    assert "secret-key" not in str(asked)
    assert "Bearer secret-key" in modelled.server.headers[-1]


async def test_with_always_the_model_gets_every_line_but_yes_no_and_undo(modelled_with: ModelledWith) -> None:
    modelled = await modelled_with(model_use="always")
    modelled.server.will(calls("add_tasks", items=[{"text": "buy milk friday"}]), Says(""))
    assert "Fri 27 Nov 2026" in await modelled.talk.say("buy milk friday")
    modelled.server.asked.clear()
    assert "Undone" in await modelled.talk.say("undo")
    assert modelled.server.asked == []


async def test_acts_of_a_model_are_stored_as_the_agents_for_the_user(modelled: Modelled) -> None:
    modelled.server.will(calls("add_tasks", items=[{"title": "buy milk"}]), Says(""))
    await modelled.talk.say(STORY)
    (change,) = (await modelled.host.tasks.changes()).changes
    assert change.actor == {"kind": "agent", "name": "assistant"}
    assert change.channel == "chat"


async def test_undo_takes_back_what_a_model_did(modelled: Modelled) -> None:
    modelled.server.will(calls("add_tasks", items=[{"title": "buy milk"}]), Says(""))
    await modelled.talk.say(STORY)
    await modelled.talk.say("undo")
    assert await modelled.talk.say("show my tasks") == "No open tasks."
