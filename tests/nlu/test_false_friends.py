"""Words that look like a date, a tag or a priority and are none."""

import pytest

from tests.nlu.saying import parts, task

LINES = (
    "ask may about the june budget",
    "write the april newsletter",
    "watch The Day After Tomorrow",
    "prepare second quarter report",
    "call 911 if it happens again",
    "write to the high commissioner",
    "test low battery warning",
    "fix issue #42",
    "buy easter eggs",
    "plan new year's party",
    "buy black friday deals",
    "schedule annual checkup",
    "prepare daily standup notes",
    "cancel monthly subscription",
    "sun protection for the trip",
    "may need to call the plumber",
    "fall cleanup",
    "night cream",
    "evening walk with the dog",
    "buy noon tea",
    "split bill 50/50 with ana",
    "finish 3/4 of the puzzle",
    "buy 1/2 inch screws",
    "improve by 5 percent",
    "run at 5 mph",
    "watch 24 at home",
    "meet at 5 guys",
    "go to 7 eleven",
    "pick up package from 1600 Main Street",
    "drive to 500 5th Avenue",
    "buy 2nd hand books",
    "sort out the May invoices",
    "pay june's rent",
    "renew lease q2",
    "hold package for 3 days",
    "book hotel for 2 nights",
    "work on essay for 2 hours",
    "haircut mon 3",
    "haircut soon",
    "send the 3pm slides to Kim",
    "call the vet!!",
    "call the vet !",
    "sort photos 50% done",
    "tag the photos",
    "label the boxes",
    "buy dog tag",
    "buy #10 envelopes",
    "learn C# basics",
    "score 3-2 in the game",
    "read pages 10-20",
    "work 9 to 5",
    "call me back in 5",
)


@pytest.mark.parametrize("text", LINES)
def test_a_word_that_only_looks_like_a_date_stays_in_the_title(text: str) -> None:
    read = task(text)

    assert (read.title, read.due, read.repeat) == (text, None, None)
    assert parts(text) == {}
