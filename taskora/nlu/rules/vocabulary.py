"""The words of repetition as tables. Grammar modules ask these; nothing is decided here."""

import datetime as dt

from taskora.nlu.calendar_words import WEEKDAYS, Unit
from taskora.nlu.rules.phrase import EVERY_DAY, WEEKEND, WORKDAYS, DayPart, Freq
from taskora.nlu.wordlists import word_set


def _slips(word: str) -> set[str]:
    """Return what a word becomes when a letter after the first is missing or changes places with the next."""
    missing = {word[:i] + word[i + 1 :] for i in range(1, len(word))}
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)}
    return (missing | swapped) - _REAL_WORDS


_REAL_WORDS = word_set("ever very over outer otter eery hurly nighty daly othe")
EVERY = word_set("every each ev everyy evere") | _slips("every")
REPEAT = word_set("repeat repeats repeating repeated recur recurs recurring")
OTHER = word_set("other alternate alternating") | _slips("other")
AND = word_set("and & , + / n")
FOR_LISTS = AND | word_set("or plus")
TO = word_set("- – — to through thru till until")
ON = word_set("on in at")
THE = word_set("the a an")

_CORRECT: dict[str, tuple[Freq, int, str]] = {
    "daily": (Freq.DAILY, 1, ""),
    "everyday": (Freq.DAILY, 1, ""),
    "nightly": (Freq.DAILY, 1, ""),
    "hourly": (Freq.HOURLY, 1, ""),
    "weekly": (Freq.WEEKLY, 1, ""),
    "biweekly": (Freq.WEEKLY, 2, "took biweekly as every 2 weeks"),
    "fortnightly": (Freq.WEEKLY, 2, ""),
    "triweekly": (Freq.WEEKLY, 3, "took triweekly as every 3 weeks"),
    "monthly": (Freq.MONTHLY, 1, ""),
    "bimonthly": (Freq.MONTHLY, 2, "took bimonthly as every 2 months"),
    "quarterly": (Freq.MONTHLY, 3, ""),
    "semiannually": (Freq.MONTHLY, 6, ""),
    "biannually": (Freq.MONTHLY, 6, "took biannually as every 6 months"),
    "yearly": (Freq.YEARLY, 1, ""),
    "annually": (Freq.YEARLY, 1, ""),
    "biennially": (Freq.YEARLY, 2, ""),
}
ADJECTIVES = {slip: found for word, found in _CORRECT.items() for slip in _slips(word)} | _CORRECT
"""Word → frequency, interval, what has to be said about it."""

PREFIXED = word_set("bi semi tri")
"""Pieces before a hyphen or a blank that make one of the adjectives: bi-weekly."""

UNITS: dict[Unit, tuple[Freq, int]] = {
    Unit.MINUTE: (Freq.MINUTELY, 1),
    Unit.HOUR: (Freq.HOURLY, 1),
    Unit.DAY: (Freq.DAILY, 1),
    Unit.WEEK: (Freq.WEEKLY, 1),
    Unit.FORTNIGHT: (Freq.WEEKLY, 2),
    Unit.MONTH: (Freq.MONTHLY, 1),
    Unit.QUARTER: (Freq.MONTHLY, 3),
    Unit.YEAR: (Freq.YEARLY, 1),
    Unit.DECADE: (Freq.YEARLY, 10),
}

DAY_PARTS: dict[str, DayPart] = {
    "morning": DayPart.MORNING,
    "mornings": DayPart.MORNING,
    "mornign": DayPart.MORNING,
    "noon": DayPart.NOON,
    "lunchtime": DayPart.NOON,
    "midday": DayPart.NOON,
    "arvo": DayPart.AFTERNOON,
    "arvos": DayPart.AFTERNOON,
    "afternoon": DayPart.AFTERNOON,
    "afternoons": DayPart.AFTERNOON,
    "evening": DayPart.EVENING,
    "evenings": DayPart.EVENING,
    "night": DayPart.NIGHT,
    "nights": DayPart.NIGHT,
    "nite": DayPart.NIGHT,
    "midnight": DayPart.MIDNIGHT,
}

PART_TIMES: dict[DayPart, dt.time] = {
    DayPart.MORNING: dt.time(9),
    DayPart.NOON: dt.time(12),
    DayPart.AFTERNOON: dt.time(15),
    DayPart.EVENING: dt.time(19),
    DayPart.NIGHT: dt.time(22),
    DayPart.MIDNIGHT: dt.time(0),
}
"""The times of facts §3: morning 9, afternoon 15, evening 19, night 22."""

WORKDAY_FIRST = word_set("work working business week school")
WORKDAY_WORDS = word_set("weekday workday businessday")
WORKDAY_PLURALS = word_set("weekdays workdays businessdays")
WEEKEND_WORDS = word_set("weekend wkend")
WEEKEND_PLURALS = word_set("weekends wkends")

DAY_SETS: dict[str, tuple[int, ...]] = (
    dict.fromkeys(WORKDAY_WORDS | WORKDAY_PLURALS | _slips("weekday") | _slips("weekdays"), WORKDAYS)
    | dict.fromkeys(WEEKEND_PLURALS, WEEKEND)
    | {"weekend": (5,), "wkend": (5,), "mwf": (0, 2, 4), "tth": (1, 3), "tuth": (1, 3), "mtwtf": WORKDAYS}
)
"""Words for several weekdays at once. "every weekend" is one date, its Saturday (facts §3); weekends are both days."""

PLURAL_WEEKDAYS: dict[str, int] = {f"{word}s": day for word, day in WEEKDAYS.items() if word.endswith("day")}
ALL_WEEKDAYS: dict[str, int] = WEEKDAYS | PLURAL_WEEKDAYS

COMPLETION = word_set(
    "completion complete completed completing done finish finished finishing finishes completes last doing checking did"
)

ALL_DAYS = EVERY_DAY
