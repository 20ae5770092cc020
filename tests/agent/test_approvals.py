"""What a language model wants to delete, or to change of several tasks, is shown to the person first and done on their yes."""

import asyncio
from typing import Any

import pytest

from services.local.host import Host
from taskora.api import wire
from tests.agent.model_server import Calls, Says, calls
from tests.agent.modelled import STORY, Modelled
from tests.agent.talk import Talk
from tests.hosts import LocalHost

pytestmark = pytest.mark.anyio


async def proposing(modelled: Modelled, *wanted: tuple[str, dict[str, Any]]) -> str:
    """Return the question after a model has called for that."""
    await modelled.talk.say("add essay friday #uni\nadd report friday\nadd picnic saturday")
    modelled.server.will(Calls(wanted), Says("Done!"))
    return await modelled.talk.say(STORY)


async def test_a_deletion_is_shown_and_done_on_yes(modelled: Modelled) -> None:
    asked = await proposing(modelled, ("delete_tasks", {"tasks": ["picnic"]}))
    assert asked == "This would move to the trash 1 task:\n  #3  picnic  Sat 28 Nov 2026\nShall I? Say yes to go on."
    assert await modelled.talk.say("yes") == "Moved #3 picnic to the trash. Say undo to take that back."
    assert await modelled.titles() == ["essay", "report"]
    await modelled.talk.say("undo")
    assert await modelled.titles() == ["essay", "report", "picnic"]


async def test_changes_of_several_tasks_are_shown_with_the_values_before_and_after(modelled: Modelled) -> None:
    items = [{"task": "essay", "priority": "high"}, {"task": "#2", "title": "long report", "tags_add": ["work"]}]
    asked = await proposing(modelled, ("update_tasks", {"items": items}))
    assert asked.splitlines() == [
        "This would change 2 tasks:",
        "  #1 essay: priority medium → high",
        "  #2 report: title report → long report; tags none → #work",
        "Shall I? Say yes to go on.",
    ]
    await modelled.talk.say("yes")
    assert modelled.talk.changed == 2
    assert await modelled.titles() == ["essay", "long report", "picnic"]


async def test_yes_does_what_was_shown_also_when_the_words_would_now_mean_another_task(modelled: Modelled) -> None:
    await proposing(modelled, ("delete_tasks", {"tasks": ["picnic"]}))
    await modelled.host.tasks.update(
        [wire.TaskEdit(task="#3", title="party"), wire.TaskEdit(task="#1", title="picnic")]
    )
    await modelled.talk.say("yes")
    assert await modelled.titles() == ["picnic", "report"]


async def test_deletions_one_by_one_are_one_question_and_one_undo(modelled: Modelled) -> None:
    asked = await proposing(modelled, *[("delete_tasks", {"tasks": [f"#{number}"]}) for number in (1, 2, 3)])
    assert asked.count("Shall I?") == 1
    await modelled.talk.say("yes")
    assert await modelled.titles() == []
    await modelled.talk.say("undo")
    assert await modelled.titles() == ["essay", "report", "picnic"]


async def test_one_yes_does_all_that_was_shown_in_its_order(modelled: Modelled) -> None:
    asked = await proposing(
        modelled,
        ("delete_tasks", {"tasks": ["picnic"]}),
        ("complete_tasks", {"tasks": ["essay", "report"]}),
    )
    assert "This would move to the trash 1 task:" in asked
    assert "This would complete 2 tasks:" in asked
    said = await modelled.talk.say("yes")
    assert said.splitlines() == [
        "Moved #3 picnic to the trash. Say undo to take that back.",
        "Completed #1 essay.",
        "Completed #2 report.",
    ]
    assert modelled.talk.changed == 3


async def test_what_cannot_be_done_is_not_asked_about(modelled: Modelled) -> None:
    said = await proposing(modelled, ("delete_tasks", {"tasks": ["no such thing"]}))
    assert "Shall I?" not in said
    assert "no such thing" in said


async def test_a_task_that_fits_several_is_asked_about_by_the_code_and_answered_to_the_rules(
    modelled: Modelled,
) -> None:
    await modelled.talk.say("add dentist friday\nadd dentist bill")
    modelled.server.will(calls("complete_tasks", tasks=["dent"]), Says("Which one?"))
    assert "  2. #2 dentist bill" in await modelled.talk.say(STORY)
    assert await modelled.talk.say("the second one") == "Completed #2 dentist bill."


async def test_yes_is_taken_once_by_four_who_say_it_at_once(modelled: Modelled) -> None:
    await proposing(modelled, ("delete_tasks", {"tasks": ["#1", "#2"]}))
    lines = [modelled.talk.stream({"text": "yes", "conversation": modelled.talk.conversation}) for _ in range(4)]
    answers = [dict(found)["done"] for found in await asyncio.gather(*lines)]
    assert sorted(answer["changed"] for answer in answers) == [0, 0, 0, 2]


async def test_no_and_any_other_line_drop_the_question(modelled: Modelled) -> None:
    for line in ("no", "show my tasks", STORY):
        await proposing(modelled, ("delete_tasks", {"tasks": ["#1"]}))
        modelled.server.will(Says("Hm."))
        await modelled.talk.say(line)
        await modelled.talk.say("yes")
        assert modelled.talk.changed == 0


async def test_a_question_outlives_the_process(modelled: Modelled) -> None:
    await proposing(modelled, ("delete_tasks", {"tasks": ["picnic"]}))
    await modelled.host.host.stop()
    again = LocalHost(await Host.start(modelled.settings), modelled.host.clock)
    try:
        later = Talk(again, conversation=modelled.talk.conversation)
        assert await later.say("yes") == "Moved #3 picnic to the trash. Say undo to take that back."
    finally:
        await again.close()


async def test_a_question_of_one_user_is_not_answered_by_another(modelled: Modelled) -> None:
    await proposing(modelled, ("delete_tasks", {"tasks": ["picnic"]}))
    other = Talk(modelled.host, "bob", modelled.talk.conversation)
    assert "no open question" in await other.say("yes")
    assert len(await modelled.titles()) == 3
