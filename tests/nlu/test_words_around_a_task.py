"""Words that ask for a task and are no part of its title."""

import pytest

from tests.nlu.saying import title_and_due

LINES = (
    ("remind me to call mom", "call mom", None),
    ("remind me on friday to call mom", "call mom", "2026-11-20"),
    ("remind me at 6pm about the laundry", "the laundry", "2026-11-18T18:00"),
    ("remind me in 20 minutes to check the oven", "check the oven", "2026-11-18T10:35"),
    ("remind me that the rent is due on the 1st", "the rent is", "2026-12-01"),
    ("set a reminder to take the pills at 9pm", "take the pills", "2026-11-18T21:00"),
    ("don't forget the milk", "the milk", None),
    ("i have to call the school tomorrow morning", "call the school", "2026-11-19T09:00"),
    ("we need to fix the roof by spring", "fix the roof by spring", None),
    ("add buy milk to my list", "buy milk", None),
    ('add "call the bank" to my todo list for tomorrow', "call the bank", "2026-11-19"),
    ("please add a task: clean the oven on saturday, thanks", "clean the oven", "2026-11-21"),
    ("new todo - water the orchid thursday", "water the orchid", "2026-11-19"),
    ("add 2/3 cup sugar to dough", "2/3 cup sugar to dough", None),
    ("hey can you please add a task to water the ferns tomorrow", "water the ferns", "2026-11-19"),
    ("could you remind me to send the contract by thursday please", "send the contract", "2026-11-19"),
    ("i gotta finish the essay tonight", "finish the essay", "2026-11-18T20:00"),
    ("need to buy cat food", "buy cat food", None),
    ("need to call dr. smith on monday", "call dr. smith", "2026-11-23"),
    ("I've got to renew my passport before march", "renew my passport", "2027-03-01"),
    ("make sure to lock the door at 10pm", "lock the door", "2026-11-18T22:00"),
    ("remember to pay rent on the first", "pay rent", "2026-12-01"),
    ("remind me friday at 3pm to submit the form", "submit the form", "2026-11-20T15:00"),
    ("remind me in 2 days to follow up with lee", "follow up with lee", "2026-11-20"),
    ("remind me at noon to eat", "eat", "2026-11-18T12:00"),
    ("remind me tomorrow morning about the meeting", "the meeting", "2026-11-19T09:00"),
    ("remind me next week that the trial ends", "the trial ends", "2026-11-23"),
    ("tomorrow remind me to call dad", "call dad", "2026-11-19"),
    ("tomorrow i need to call dad", "call dad", "2026-11-19"),
    ("on friday remind me to call dad", "call dad", "2026-11-20"),
    ("add task buy batteries", "buy batteries", None),
    ("add a task called buy batteries for friday", "buy batteries", "2026-11-20"),
    ("create a new task to buy batteries due tomorrow", "buy batteries", "2026-11-19"),
    ("create reminder buy batteries", "buy batteries", None),
    ("new task buy batteries tomorrow", "buy batteries", "2026-11-19"),
    ("task: buy batteries", "buy batteries", None),
    ("put buy batteries on my to-do list", "buy batteries", None),
    ("stick batteries on the list", "batteries", None),
    ("add batteries to the shopping list", "batteries", None),
    ("todo buy batteries", "buy batteries", None),
    ("add batteries to my list for saturday", "batteries", "2026-11-21"),
    ("buy batteries please", "buy batteries", None),
    ("buy batteries, thanks!", "buy batteries", None),
    ("remember: ring Paul tomorrow", "ring Paul", "2026-11-19"),
    ("task ring Paul tomorrow", "ring Paul", "2026-11-19"),
    ("set alarm for 6am", "set alarm", "2026-11-19T06:00"),
    ("remind me to water plants when i get home", "water plants when i get home", None),
)


@pytest.mark.parametrize(("text", "title", "due"), LINES)
def test_asking_words_and_politeness_are_no_part_of_the_title(text: str, title: str, due: str | None) -> None:
    assert title_and_due(text) == (title, due)
