"""Weekdays that a language model put beside the wrong date, which they do even with the date before their eyes. Pure."""

import datetime as dt
import re
from collections.abc import Iterator

from taskora.nlu.calendar_words import MONTHS, WEEKDAYS

_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_NUMBER = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
_DATED = (
    re.compile(
        rf"\b(?P<weekday>{_DAY}),? (?:the )?{_NUMBER.format('day')}(?: of)? (?P<month>{_MONTH}),?(?: (?P<year>\d{{4}}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<weekday>{_DAY}),? (?P<month>{_MONTH}) {_NUMBER.format('day')},?(?: (?P<year>\d{{4}}))?", re.IGNORECASE
    ),
    re.compile(rf"\b(?P<weekday>{_DAY}),? \(?(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)", re.IGNORECASE),
)


def wrong_weekdays(text: str, today: dt.date) -> list[str]:
    """Return a sentence for each date in a text whose weekday is another; without a year the nearest date is meant."""
    return list(dict.fromkeys(_wrong(text, today)))


def _wrong(text: str, today: dt.date) -> Iterator[str]:
    for pattern in _DATED:
        for found in pattern.finditer(text):
            date = _date(found, today)
            weekday = _weekday(found["weekday"])
            if date is not None and weekday is not None and date.weekday() != weekday:
                yield f"{date.day} {date:%B %Y} is a {date:%A}"


def _weekday(word: str) -> int | None:
    return WEEKDAYS.get(word.lower())


def _date(found: re.Match[str], today: dt.date) -> dt.date | None:
    month = int(found["month"]) if found["month"].isdigit() else MONTHS.get(found["month"].lower())
    if month is None:
        return None
    years = [int(found["year"])] if found["year"] else [today.year - 1, today.year, today.year + 1]
    dates: list[dt.date] = []
    for year in years:
        try:
            dates.append(dt.date(year, month, int(found["day"])))
        except ValueError:
            continue
    return min(dates, key=lambda date: abs(date - today), default=None)
