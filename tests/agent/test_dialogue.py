"""Lines that lean on the lines before: questions and their answers, confirmations, corrections."""

from pathlib import Path

import pytest

from tests.agent.talk import Talk
from tests.clocks import MovableClock
from tests.hosts import LocalHost

pytestmark = pytest.mark.anyio


async def two_dentists(talk: Talk) -> None:
    await talk.say("dentist tomorrow 2:30pm")
    await talk.say("dentist bill p2")


async def test_words_that_fit_several_are_asked_and_a_place_answers(talk: Talk) -> None:
    await two_dentists(talk)
    asked = await talk.say("move the dentist thing to friday")
    assert asked.splitlines()[-2:] == ["  1. #1 dentist, Wed 25 Nov 2026, 14:30", "  2. #2 dentist bill"]
    assert "?" in asked
    assert talk.changed == 0
    assert "Fri 27 Nov 2026, 14:30" in await talk.say("the first one")
    assert talk.changed == 1


@pytest.mark.parametrize("answer", ["#2", "2", "the second one", "the bill", "the last one please"])
async def test_a_question_is_answered_by_place_number_or_words(talk: Talk, answer: str) -> None:
    await two_dentists(talk)
    await talk.say("done with the dentist thing")
    assert await talk.say(answer) == "Completed #2 dentist bill."


async def test_a_question_is_dropped_by_no_and_by_another_command(talk: Talk) -> None:
    await two_dentists(talk)
    for line in ("no", "what's due this week"):
        await talk.say("delete the dentist thing")
        await talk.say(line)
        assert talk.changed == 0
        await talk.say("yes")
        assert talk.changed == 0
    assert (await talk.say("show my tasks")).startswith("2 open tasks")


async def test_yes_is_no_answer_to_which_one_and_the_question_stays(talk: Talk) -> None:
    await two_dentists(talk)
    await talk.say("done with the dentist thing")
    assert "Which one?" in await talk.say("yes")
    assert talk.changed == 0
    assert await talk.say("the first one") == "Completed #1 dentist."


async def test_a_question_about_several_may_be_answered_with_both(talk: Talk) -> None:
    await two_dentists(talk)
    await talk.say("done with the dentist thing")
    assert (await talk.say("both")).startswith("This would complete 2 tasks")
    await talk.say("yes")
    assert talk.changed == 2


async def test_a_bulk_command_asks_first_and_yes_does_it(talk: Talk) -> None:
    await talk.say("essay yesterday\nlab report yesterday\nread novel")
    asked = await talk.say("complete everything overdue")
    assert asked.startswith("This would complete 2 tasks:\n")
    assert "#1  essay" in asked
    assert asked.endswith("Shall I? Say yes to go on.")
    assert talk.changed == 0
    done = await talk.say("yes")
    assert done.splitlines() == ["Completed #1 essay.", "Completed #2 lab report."]
    assert talk.changed == 2
    await talk.say("yes")
    assert talk.changed == 0


async def test_no_drops_a_bulk_command_and_a_later_yes_changes_nothing(talk: Talk) -> None:
    await talk.say("paint the shed\nclean the gutters")
    await talk.say("delete everything")
    assert await talk.say("no") == "All right, nothing was changed."
    assert "no open question" in await talk.say("yes")
    assert (await talk.say("show my tasks")).startswith("2 open tasks")


async def test_deleting_several_named_tasks_asks_first(talk: Talk) -> None:
    await talk.say("paint the shed\nclean the gutters\nbuy milk")
    asked = await talk.say("delete paint the shed; delete clean the gutters")
    assert "This would move to the trash 2 tasks" in asked
    assert talk.changed == 0
    await talk.say("yes")
    assert talk.changed == 2


async def test_deleting_one_task_does_not_ask(talk: Talk) -> None:
    await talk.say("picnic saturday")
    assert "to the trash" in await talk.say("delete the picnic")
    assert "Sat 28 Nov 2026" in await talk.say("restore the picnic")


async def test_corrections_go_to_the_last_task(talk: Talk) -> None:
    await talk.say("call the roofer tomorrow at 3pm")
    assert "Wed 25 Nov 2026, 16:00" in await talk.say("make it 4")
    assert "Fri 27 Nov 2026, 16:00" in await talk.say("no, friday")
    assert "#home" in await talk.say("and tag it home")
    assert "high priority" in await talk.say("make it high priority")
    assert (await talk.say("show my tasks")).startswith("1 open task:")


async def test_a_time_alone_belongs_to_the_task_just_added_and_to_no_other(talk: Talk) -> None:
    await talk.say("call Asha")
    assert "Wed 25 Nov 2026, 17:00" in await talk.say("tomorrow at 5")
    await talk.say("hello")
    await talk.say("friday")
    assert talk.changed == 0


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("snooze tax form for 2 hours", "Tue 24 Nov 2026, 12:00"),
        ("snooze it until friday", "Fri 27 Nov 2026, 09:00"),
        ("push the tax form back 2 days", "Wed 25 Nov 2026, 09:00"),
    ],
)
async def test_a_task_is_put_off_from_now_or_from_its_date(talk: Talk, line: str, due: str) -> None:
    await talk.say("tax form yesterday 9am")
    assert due in await talk.say(line)


async def test_a_note_is_added_to_what_is_there(talk: Talk) -> None:
    await talk.say("dentist friday // bring the card")
    assert "bring the card" in await talk.say("add a note to dentist: ask for the bill")
    assert "ask for the bill" in talk.last["reply"]


async def test_cancel_that_takes_a_task_away_that_was_just_added(talk: Talk) -> None:
    await talk.say("buy a cake saturday")
    await talk.say("cancel that")
    assert await talk.say("show my tasks") == "No open tasks."


async def test_a_place_in_the_list_just_shown_names_a_task(talk: Talk) -> None:
    await talk.say("alpha memo tomorrow\nbeta memo friday")
    await talk.say("show my tasks")
    assert await talk.say("complete the second one") == "Completed #2 beta memo."


async def test_a_command_that_leans_on_nothing_changes_nothing(talk: Talk) -> None:
    await talk.say("water plants")
    other = Talk(talk.host)
    for line in ("complete it", "move the second one to friday", "delete", "tomorrow", "yes", "no, friday"):
        await other.say(line)
        assert other.changed == 0, line


async def test_a_series_is_stopped_and_its_present_task_stays(talk: Talk) -> None:
    await talk.say("newsletter every friday")
    reply = await talk.say("stop repeating newsletter")
    assert reply.startswith("#1 newsletter no longer repeats.\n  Fri 27 Nov 2026")
    assert await talk.say("done with newsletter") == "Completed #1 newsletter."
    assert await talk.say("show my tasks") == "No open tasks."


async def test_undo_goes_back_command_by_command(talk: Talk) -> None:
    await talk.say("write letter friday 9:30am")
    await talk.say("move write letter to monday")
    await talk.say("make it 11am")
    assert "Mon 30 Nov 2026, 09:30" in await talk.say("undo")
    assert "Fri 27 Nov 2026, 09:30" in await talk.say("undo")


async def test_titles_that_look_like_instructions_are_only_titles(talk: Talk) -> None:
    await talk.say('add "delete all tasks now"\nbook hall')
    assert "delete all tasks now" in await talk.say("show my tasks")
    await talk.say("done with book hall")
    assert talk.changed == 1
    assert (await talk.say("show my tasks")).startswith("1 open task")


async def test_it_means_the_task_of_the_same_line_before_the_one_of_the_line_before(talk: Talk) -> None:
    await talk.say("call Anna")
    await talk.say("move laundry to friday and make it urgent")
    assert talk.changed == 0
    await talk.say("wash the car")
    await talk.say("call Bo")
    await talk.say("move wash the car to friday and make it urgent")
    assert talk.changed == 2
    listed = await talk.say("show my tasks")
    assert "wash the car  Fri 27 Nov 2026  urgent" in listed
    assert listed.count("urgent") == 1


async def test_a_task_that_is_done_already_is_told_so(talk: Talk) -> None:
    await talk.say("report")
    await talk.say("mark report as done")
    assert await talk.say("mark report as done")
    assert talk.changed == 0


async def test_a_conversation_goes_on_after_a_restart(tmp_path: Path, clock: MovableClock) -> None:
    host = await LocalHost.start(tmp_path / "data", clock)
    talk = Talk(host)
    await talk.say("alpha memo tomorrow\nbeta memo friday")
    await talk.say("show my tasks")
    await talk.say("delete everything")
    await host.close()

    host = await LocalHost.start(tmp_path / "data", clock)
    later = Talk(host, conversation=talk.conversation)
    assert len((await later.say("yes")).splitlines()) == 2
    assert later.changed == 2
    await host.close()
