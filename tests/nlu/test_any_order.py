"""A task, a date, a time and its other parts in any order: the grammar composes, it is no list of examples."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nlu.saying import parts, title_and_due

TITLES = (
    *(
        "call the insurance",
        "pick up the keys",
        "water 3 plants",
        "dentist",
        "lunch with Jens",
        "send Ravi the signed copy",
    ),
    *("renew passport", "fix error 404", "buy bread and butter", "read chapter 5", "prepare slides for the board"),
    *("turn the hob off", "book flight BA 117", "tax appointment", "clean the 2nd floor", "ask June about the keys"),
)
DATES = {
    "tomorrow": "2026-11-19",
    "friday": "2026-11-20",
    "by friday": "2026-11-20",
    "next tuesday": "2026-11-24",
    "this saturday": "2026-11-21",
    "on the 5th": "2026-12-05",
    "dec 12": "2026-12-12",
    "in 3 days": "2026-11-21",
    "in two weeks": "2026-12-02",
    "next week": "2026-11-23",
    "2026-12-24": "2026-12-24",
    "on 1/27": "2027-01-27",
    "the day after tomorrow": "2026-11-20",
    "a week from friday": "2026-11-27",
    "3 days before christmas": "2026-12-22",
    "by the end of the month": "2026-11-30",
    "first monday of december": "2026-12-07",
    "on the weekend": "2026-11-21",
    "mid january": "2027-01-15",
    "eom": "2026-11-30",
}
TIMES = {
    "at 5pm": "17:00",
    "17:30": "17:30",
    "at 9": "09:00",
    "at noon": "12:00",
    "at half past six": "18:30",
    "at 3": "15:00",
    "@ 4pm": "16:00",
    "by 6pm": "18:00",
    "at seven": "19:00",
    "at 1900": "19:00",
    "in the morning": "09:00",
}
ORDERS = (
    "{title} {date} {time}",
    "{title} {time} {date}",
    "{date} {time} {title}",
    "{time} {date} {title}",
    "{time} {title} {date}",
)
LEADS = ("", "add ", "remind me to ", "I need to ", "please ", "new task: ")
PRIORITIES = {"": None, " p1": "urgent", " !high": "high", " asap": "urgent", ", low prio": "low"}
TAGS: dict[str, list[str]] = {
    "": [],
    " #work": ["work"],
    " @a @b": ["a", "b"],
    " tagged work and home": ["work", "home"],
}
REMINDERS: dict[str, list[int]] = {"": [], ", remind me 30 minutes before": [-30], " reminder 1 hour before": [-60]}

titles, dates, times = st.sampled_from(TITLES), st.sampled_from(sorted(DATES)), st.sampled_from(sorted(TIMES))


@given(titles, dates, times, st.sampled_from(ORDERS))
@settings(deadline=None, max_examples=400)
def test_a_date_and_a_time_are_read_wherever_they_stand(title: str, date: str, time: str, order: str) -> None:
    line = order.format(title=title, date=date, time=time)

    assert title_and_due(line) == (title, f"{DATES[date]}T{TIMES[time]}")


@given(
    titles,
    dates,
    st.sampled_from(("{title} {date}", "{title}, {date}", "{date}: {title}", "{title} ({date})", "{title} - {date}")),
)
@settings(deadline=None, max_examples=200)
def test_a_date_alone_is_read_wherever_it_stands(title: str, date: str, order: str) -> None:
    assert title_and_due(order.format(title=title, date=date)) == (title, DATES[date])


@pytest.mark.requirement("R-002", "R-003")
@given(
    titles,
    st.tuples(dates, times),
    st.sampled_from(LEADS),
    st.permutations(("priority", "tags", "reminder")),
    st.data(),
)
@settings(deadline=None, max_examples=300)
def test_all_parts_of_a_task_are_read_in_any_order(
    title: str, when: tuple[str, str], lead: str, order: list[str], data: st.DataObject
) -> None:
    date, time = when
    said = {
        "priority": data.draw(st.sampled_from(sorted(PRIORITIES))),
        "tags": data.draw(st.sampled_from(sorted(TAGS))),
        "reminder": data.draw(st.sampled_from(sorted(REMINDERS))),
    }
    line = f"{lead}{title} {date} {time}" + "".join(said[part] for part in order)

    expected = {
        "priority": PRIORITIES[said["priority"]],
        "tags": TAGS[said["tags"]],
        "reminders": REMINDERS[said["reminder"]],
    }
    assert title_and_due(line) == (title, f"{DATES[date]}T{TIMES[time]}")
    assert parts(line) == {name: value for name, value in expected.items() if value}
