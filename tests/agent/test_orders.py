"""What people ask for beyond adding and changing: series, tags, preferences, history, details, reminders, the overview."""

import pytest

from tests.agent.talk import Talk

pytestmark = pytest.mark.anyio


async def test_the_next_date_of_a_series_is_skipped_and_taken_back(talk: Talk) -> None:
    await talk.say("add daily task standup due 9am")
    assert "Thu 26 Nov 2026, 09:00" in await talk.say("skip tomorrow's standup")
    assert "Wed 25 Nov 2026, 09:00" in await talk.say("no, don't skip it")


async def test_days_that_are_named_are_left_out(talk: Talk) -> None:
    await talk.say("add daily task standup due 9am")
    said = await talk.say("skip the standup on saturday and sunday")
    assert "except Sat 28 Nov 2026 and Sun 29 Nov 2026" in said
    assert "Wed 25 Nov 2026" in said
    assert "Wed 2 Dec" in await talk.say("skip the standup next week") or "2 more dates" in talk.last["reply"]


async def test_no_yoga_on_saturday_is_an_exception_only_where_yoga_repeats(talk: Talk) -> None:
    await talk.say("yoga every day at 7am")
    assert "except Sat 28 Nov 2026" in await talk.say("no yoga on saturday")
    assert (await talk.say("no meat on saturday")).startswith("Added #2 no meat")


async def test_one_date_is_called_off_and_a_task_that_does_not_repeat_is_deleted(talk: Talk) -> None:
    await talk.say("standup every weekday at 9am\nmeeting with Bo friday 10am")
    assert "except Fri 27 Nov 2026" in await talk.say("cancel friday's standup")
    assert "except Fri 27 Nov 2026 and Mon 30 Nov 2026" in await talk.say("don't do the standup on monday")
    assert (await talk.say("cancel friday's meeting")).startswith("Moved #2 meeting with Bo to the trash.")


async def test_a_series_gets_an_end_and_another_time_from_now_on(talk: Talk) -> None:
    await talk.say("add daily task standup due 9am")
    assert "until Wed 31 Mar 2027" in await talk.say("stop repeating standup after march")
    assert "every day at 10:00" in await talk.say("move standup to 10am from now on")
    assert "11:00 · every day at 10:00" in await talk.say("move only tomorrow's standup to 11am")


async def test_a_card_tells_the_rule_in_words_and_the_dates_that_come(talk: Talk) -> None:
    await talk.say("gym every mon and fri at 6pm #health")
    card = await talk.say("show gym")
    assert card.splitlines() == [
        "#1 gym",
        "  due: Fri 27 Nov 2026, 18:00",
        "  repeats: every Mon and Fri at 18:00, with no end",
        "  then: Mon 30 Nov 2026, 18:00, Fri 4 Dec 2026, 18:00, Mon 7 Dec 2026, 18:00",
        "  priority: medium",
        "  tags: #health",
    ]
    assert await talk.say("details of #1") == card
    dates = await talk.say("when are the next 2 dates of gym?")
    assert dates.splitlines()[1:] == ["  Fri 27 Nov 2026, 18:00", "  Mon 30 Nov 2026, 18:00"]


async def test_tags_are_listed_renamed_coloured_and_deleted_after_a_yes(talk: Talk) -> None:
    await talk.say("milk #home\neggs #home")
    assert "#home  2 open tasks" in await talk.say("list my tags")
    assert await talk.say("rename the tag home to house") == "#home is now #house."
    assert await talk.say("make the house tag blue") == "#house is now blue."
    asked = await talk.say("delete the tag house")
    assert asked == "This would take the tag #house away, from 2 open tasks. Shall I? Say yes to go on."
    assert (await talk.say("yes")).startswith("The tag #house is gone")
    assert "There is no tag “house”" in await talk.say("delete the tag house")


async def test_preferences_and_tag_names_are_taken_back_by_undo(talk: Talk) -> None:
    await talk.say("buy milk #home")
    await talk.say("my week starts on sunday")
    assert await talk.say("undo") == "Undone. Your week now starts on Monday."
    await talk.say("rename #home to #house")
    assert await talk.say("undo") == "Undone: renaming the tag “home”."
    assert "is in the trash" in await talk.say("undo")


async def test_a_place_gives_the_zone_in_which_words_are_read(talk: Talk) -> None:
    assert "Asia/Tokyo" in await talk.say("I'm in Tokyo this week")
    assert "(Asia/Tokyo)" in await talk.say("call Kenji tomorrow at 9am") or "Asia/Tokyo" in await talk.say(
        "what's my time zone?"
    )
    assert "I know no place" in await talk.say("my time zone is Atlantis")


@pytest.mark.parametrize(
    ("line", "piece"),
    [
        ("use day first dates", "day first"),
        ("use month first dates", "month first"),
        ("turn off reminders", "none, unless you ask"),
        ("remind me 10 minutes before by default", "10 min before"),
        ("set my language to german", "German"),
        ("my week starts on saturday", "Saturday"),
        ("use the 24 hour clock", "24 hours"),
        ("don't disturb me between 10pm and 7am", "quiet hours"),
    ],
)
async def test_each_preference_is_set_by_words(talk: Talk, line: str, piece: str) -> None:
    assert piece in await talk.say(line)


async def test_history_says_what_was_done_to_all_and_to_one(talk: Talk) -> None:
    await talk.say("dentist friday 2pm\nmilk")
    await talk.say("move the dentist to monday")
    await talk.say("done with milk")
    told = await talk.say("what did I change today?")
    assert told.startswith("What was done (today):")
    assert "#2 milk: completed" in told
    one = await talk.say("who moved the dentist?")
    assert "moved from Fri 27 Nov" in one
    assert "milk" not in one
    assert await talk.say("what changed yesterday?") == "Nothing was changed (yesterday)."


async def test_reminders_are_given_kept_changed_and_taken_away(talk: Talk) -> None:
    await talk.say("dentist friday 2pm")
    assert "reminder 15 min before" in await talk.say("remind me 15 minutes before the dentist")
    assert "15 min before and 1 day before" in await talk.say("remind me about the dentist a day before")
    assert "reminder 30 min before" in await talk.say("change the dentist reminder to 30 minutes before")
    assert "reminder Fri 27 Nov 2026, 13:30" in await talk.say("set a reminder on the dentist at 1:30pm")
    assert "reminder" not in await talk.say("no reminders for the dentist")


async def test_a_reminder_that_counts_back_needs_a_time(talk: Talk) -> None:
    await talk.say("flight\nform tomorrow")
    assert "has no date" in await talk.say("remind me 15 minutes before the flight")
    assert "has no time of day" in await talk.say("remind me an hour before the form")
    assert "reminder 1 day before" in await talk.say("remind me a day before the form")


async def test_lists_of_the_trash_of_what_repeats_and_of_what_has_no_tag(talk: Talk) -> None:
    await talk.say("milk #home\ngym every friday\nold")
    await talk.say("delete old")
    assert "old" in await talk.say("what's in the trash?")
    assert "gym" in await talk.say("what are my recurring tasks?")
    untagged = await talk.say("show untagged tasks")
    assert "gym" in untagged
    assert "milk" not in untagged


async def test_an_overview_says_how_things_stand(talk: Talk) -> None:
    await talk.say("essay yesterday\nmilk today\nbread")
    told = await talk.say("how am I doing?")
    assert told.startswith("3 open tasks: 1 overdue")
    assert "essay" in told


async def test_undo_takes_a_number(talk: Talk) -> None:
    await talk.say("buy milk")
    await talk.say("buy eggs")
    await talk.say("done with buy eggs")
    assert (await talk.say("undo the last two")).count("Undone") == 2
    assert await talk.say("show my tasks") == "1 open task:\n  #1  buy milk  no date"


async def test_two_tasks_named_in_one_breath_are_one_command(talk: Talk) -> None:
    await talk.say("wash car\nwash dog\nbread and butter")
    assert await talk.say("done with wash car and wash dog") == "Completed #1 wash car.\nCompleted #2 wash dog."
    assert "completing 2 tasks" in await talk.say("undo")
    assert (await talk.say("delete wash car and wash dog")).endswith("Say yes to go on.")
    assert await talk.say("no") == "All right, nothing was changed."
    assert await talk.say("done with bread and butter") == "Completed #3 bread and butter."
