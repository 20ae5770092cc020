"""Lines that mean another task, or the same again: "the other one", "slides too", "same time next week"."""

import pytest

from tests.agent.talk import Talk

pytestmark = pytest.mark.anyio


async def test_the_other_of_two_gets_what_the_first_got_in_its_place_or_too(talk: Talk) -> None:
    await talk.say("call Anna\ncall Annika")
    await talk.say("move call ann to friday")
    await talk.say("the first one")
    said = await talk.say("no, the other one")
    assert said.startswith("Undone")
    assert "Changed #2 call Annika\n  Fri 27 Nov 2026" in said
    assert "Changed #1 call Anna\n  Fri 27 Nov 2026" in await talk.say("and the other one too")


@pytest.mark.parametrize("line", ["slides too", "same for slides", "and #2", "do the same with slides"])
async def test_what_was_done_to_one_is_done_to_another(talk: Talk, line: str) -> None:
    await talk.say("report\nslides")
    await talk.say("make the report urgent")
    assert "Changed #2 slides\n  no date · urgent" in await talk.say(line)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("same time next week", "Thu 3 Dec 2026, 15:00"),
        ("same time tomorrow", "Wed 25 Nov 2026, 15:00"),
        ("an hour later", "Thu 26 Nov 2026, 16:00"),
        ("a day earlier", "Wed 25 Nov 2026, 15:00"),
        ("what about sunday instead?", "Sun 29 Nov 2026, 15:00"),
    ],
)
async def test_the_last_task_is_moved_from_where_it_stands(talk: Talk, line: str, due: str) -> None:
    await talk.say("book hall thursday 3pm")
    assert due in await talk.say(line)


async def test_marks_alone_belong_to_the_task_just_touched(talk: Talk) -> None:
    await talk.say("buy flowers saturday")
    assert "urgent" in await talk.say("p1")
    assert "#garden" in await talk.say("#garden")
    assert "every Sat" in await talk.say("every week")
    await talk.say("hello")
    await talk.say("p1")
    assert talk.changed == 0


async def test_a_place_in_the_list_goes_on_with_the_verb_before(talk: Talk) -> None:
    await talk.say("alpha\nbeta\ngamma")
    await talk.say("show my tasks")
    await talk.say("move the second one to tuesday")
    assert "Changed #3 gamma\n  Wed 25 Nov 2026" in await talk.say("and the third to wednesday")
    assert (await talk.say("complete the first two")).startswith("This would complete 2 tasks")


@pytest.mark.parametrize(("line", "number"), [("the one on friday", 1), ("the one with water", 2), ("the 28th", 2)])
async def test_a_question_is_answered_by_a_date_or_by_what_tells_them_apart(talk: Talk, line: str, number: int) -> None:
    await talk.say("pay gas bill friday\npay water bill saturday")
    await talk.say("done with the bill")
    assert f"Completed #{number}" in await talk.say(line)


async def test_a_yes_with_a_condition_is_none(talk: Talk) -> None:
    await talk.say("buy milk\nbuy eggs")
    await talk.say("delete everything")
    assert "all of them or none" in await talk.say("yes but keep the eggs")
    await talk.say("yes")
    assert talk.changed == 0


async def test_a_guess_of_one_task_is_taken_by_yes_and_dropped_by_no(talk: Talk) -> None:
    await talk.say("clean garage")
    assert "Do you mean this one?" in await talk.say("done with clean kitchen")
    await talk.say("neither")
    assert talk.changed == 0
    await talk.say("done with clean kitchen")
    assert await talk.say("yes") == "Completed #1 clean garage."
