"""Reminders inside a task's line: remind me 30 minutes before, reminder the day before at 6pm, !14:00, alert me 1h before."""

from dataclasses import dataclass

from taskora.nlu.calendar_words import WEEKDAYS, Unit
from taskora.nlu.candidates import SHAKY, Candidate, Kind, Match
from taskora.nlu.clocks import PART_HOURS, Part, PartOfDay, TimeOfDay
from taskora.nlu.company import DETERMINERS
from taskora.nlu.dates.expressions import DateExpression, Shifted
from taskora.nlu.dates.grammar import date_at
from taskora.nlu.dates.relative import DAY_WORDS
from taskora.nlu.parts_of_day import bare_part_at
from taskora.nlu.quantities import ONE, Quantity, quantity_at
from taskora.nlu.times import time_at
from taskora.nlu.tokens import Tokens
from taskora.nlu.wordlists import word_set

_INTROS = (
    *(
        "with a reminder",
        "with reminder",
        "with reminders",
        "set a reminder",
        "set reminder",
        "and remind me",
        "remind me",
    ),
    *("alert me", "notify me", "ping me", "nudge me", "warn me", "reminder", "reminders", "alert", "alarm", "remind"),
)
_BY_WORDS = {tuple(intro.split()): intro for intro in _INTROS}
_FIRST_WORDS = frozenset(words[0] for words in _BY_WORDS)
_LONGEST = max(map(len, _BY_WORDS))
_BEFORE = frozenset(("before", "earlier", "ahead", "prior", "beforehand", "early", "b4", "advance"))
_AFTER_BEFORE = frozenset(("it", "that", "hand", "due", "time", "of"))
_NOUNS = frozenset(("reminder", "reminders", "alert", "alarm"))
_MAKING = word_set(
    "send set write email mail make create add get buy draft print need schedule post sms text snooze turn fix"
)
_TO_TASK = frozenset(("to", "about", "of", "that", "for"))
_LEADS = frozenset((":", "at", "on", "for", "set", "by", "-"))
_PARTS = {"night": Part.NIGHT, "evening": Part.EVENING, "morning": Part.MORNING, "afternoon": Part.AFTERNOON}


@dataclass(frozen=True, slots=True)
class Reminding:
    """One reminder: a length of time before the due, perhaps at a wall time of that day; or a day and time of its own."""

    before: Quantity | None = None
    date: DateExpression | None = None
    time: TimeOfDay | None = None


def find_reminders(tokens: Tokens, begin: int = 0) -> list[Candidate]:
    """Return the reminders of a line; the value is a tuple of Reminding. `begin` is where the task's own words begin."""
    found: list[Candidate] = []
    i = begin
    last = len(tokens)
    while i < last:
        match = _reminder_at(tokens, i) if tokens.words[i] in _FIRST_WORDS or tokens.words[i] == "!" else None
        if match is None:
            i += 1
            continue
        start, end = tokens.span(i, match.end)
        found.append(Candidate(start, end, Kind.REMINDER, match.value, 0.98, match.assumptions))
        i = match.end
    return found


def _intro_end(tokens: Tokens, i: int) -> int:
    if tokens.word(i) == "!":
        return i + 1 if tokens.glued(i + 1) and not tokens.glued(i) else 0
    for length in range(_LONGEST, 0, -1):
        if tokens.words[i : i + length] in _BY_WORDS:
            return i + length
    return 0


def _reminder_at(tokens: Tokens, i: int) -> Match[tuple[Reminding, ...]] | None:
    j = _intro_end(tokens, i)
    noun = tokens.word(i) in _NOUNS and tokens.word(j - 1) != "me"
    if not j or not tokens.opens(i) or (noun and _is_object(tokens, i)):
        return None
    bang = tokens.word(i) == "!"
    while tokens.word(j) in _LEADS and not bang:
        j += 1
    items: list[Reminding] = []
    end = j
    while (item := _item_at(tokens, j, bare=bang or tokens.word(i) != "remind")) is not None:
        items.append(item.value)
        end = j = item.end
        if tokens.word(j) not in {"and", ",", "&", "+"}:
            break
        joined = "and" in {tokens.word(j), tokens.word(j + 1)}
        j += 1
        while tokens.word(j) in {"and", "again"}:
            j += 1
        following = _item_at(tokens, j, bare=False)
        if not joined and (following is None or following.value.before is None):
            break
    if noun and items and items[0].before is None and not _stands_apart(tokens, i):
        return None
    return Match(end, tuple(items)) if items and tokens.word(end) not in _TO_TASK - {"for", "of"} else None


def _is_object(tokens: Tokens, i: int) -> bool:
    """Tell whether a reminder or alarm is what the task is about: send reminder …, set alarm for 6am."""
    previous = tokens.word(i - 1)
    return previous in _MAKING or previous in DETERMINERS


def _stands_apart(tokens: Tokens, i: int) -> bool:
    """Tell whether `reminder` or `alarm` follows a pause or a date, and is not the noun of the task: test the alarm 5pm."""
    previous = tokens.word(i - 1)
    return not previous.isalpha() or previous in {"am", "pm", "and"} or previous in WEEKDAYS or previous in DAY_WORDS


def _item_at(tokens: Tokens, i: int, *, bare: bool) -> Match[Reminding] | None:
    relative = _relative_at(tokens, i, bare=bare)
    date = date_at(tokens, i) if relative is not None else None
    if date is not None and relative is not None and date.score > SHAKY and date.end > relative.end:
        return _absolute_at(tokens, i)  # the day before friday is a day
    return relative or _absolute_at(tokens, i)


def _relative_at(tokens: Tokens, i: int, *, bare: bool) -> Match[Reminding] | None:
    """Read 30 minutes before, an hour earlier, the day before at 6pm, the night before, when it's due."""
    for phrase in (("when", "it", "'", "s", "due"), ("when", "it's", "due"), ("on", "time"), ("when", "due")):
        if tokens.words[i : i + len(phrase)] == phrase:
            return Match(i + len(phrase), Reminding(Quantity()))
    quantity = quantity_at(tokens, i)
    if quantity is None:
        return _day_before_at(tokens, i)
    end = _before(tokens, quantity.end)
    if end == 0:
        return Match(quantity.end, Reminding(quantity.value)) if bare else None
    return _with_time(tokens, end, quantity.value)


def _before(tokens: Tokens, i: int) -> int:
    """Return the index after before, in advance, ahead of time; 0 without one."""
    j = i + 1 if tokens.word(i) == "in" and tokens.word(i + 1) == "advance" else i
    if tokens.word(j) not in _BEFORE:
        return 0
    end = j + 1
    while tokens.word(end) in _AFTER_BEFORE:
        end += 1
    return end


def _day_before_at(tokens: Tokens, i: int) -> Match[Reminding] | None:
    j = i + 1 if tokens.word(i) in {"the", "a"} else i
    word = tokens.word(j)
    unit = {"day": Unit.DAY, "week": Unit.WEEK, "hour": Unit.HOUR, "month": Unit.MONTH}.get(word)
    part = _PARTS.get(word)
    if unit is not None:
        end = _before(tokens, j + 1)
        return _with_time(tokens, end, ONE[unit]) if end else None
    if part is None or tokens.word(j + 1) not in {"before", "of", "earlier"}:
        return None
    day = ONE[Unit.DAY] if tokens.word(j + 1) != "of" else Quantity()
    time = PartOfDay(part, PART_HOURS[part] if part is not Part.NIGHT else PART_HOURS[Part.TONIGHT], word)
    timed = _with_time(tokens, j + 2, day)
    return timed if timed.value.time else Match(j + 2, Reminding(day, time=time))


def _with_time(tokens: Tokens, i: int, before: Quantity) -> Match[Reminding]:
    """Read the wall time at which a reminder some days before is wanted."""
    if before.by_clock:
        return Match(i, Reminding(before))
    at = tokens.word(i) in {"at", "@"}
    clock = time_at(tokens, i + 1 if at else i)
    if clock is None or (clock.score == SHAKY and not at):
        part = bare_part_at(tokens, i + 1 if tokens.word(i) in {"in", "at"} else i)
        return Match(part.end, Reminding(before, time=part.value)) if part else Match(i, Reminding(before))
    return Match(clock.end, Reminding(before, time=clock.value))


def _absolute_at(tokens: Tokens, i: int) -> Match[Reminding] | None:
    """Read a day, a time or both, in either order: at 8pm, tomorrow at 9, 14:00."""
    j = i + 1 if tokens.word(i) in {"at", "on", "@"} else i
    at = j > i or tokens.word(j - 1) in {"at", "@"}
    date = date_at(tokens, j)
    if date is not None and (date.score > SHAKY or (isinstance(date.value, Shifted) and date.value.by.by_clock)):
        if isinstance(date.value, Shifted) and date.value.by.by_clock:
            return Match(date.end, Reminding(date=date.value))
        k = date.end + 1 if tokens.word(date.end) in {"at", "@"} else date.end
        time = time_at(tokens, k) or bare_part_at(tokens, k)
        timed = time is not None and (time.score > SHAKY or k > date.end)
        return Match(
            time.end if time and timed else date.end,
            Reminding(date=date.value, time=time.value if time and timed else None),
        )
    time = time_at(tokens, j)
    if time is None or (time.score == SHAKY and not at):
        return None
    k = time.end + 1 if tokens.word(time.end) == "on" else time.end
    day = date_at(tokens, k)
    with_day = day is not None and day.score > SHAKY
    return Match(
        day.end if day and with_day else time.end,
        Reminding(date=day.value if day and with_day else None, time=time.value),
    )
