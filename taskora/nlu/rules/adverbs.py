"""Rules without "every": daily, biweekly, monthly on the 1st; tuesdays, on mondays and fridays, weekends.

An adjective counts only where it cannot belong to a noun ("create monthly report" has no rule): at the end of a clause,
before a date, a time or a tag, after "add", or before the word task.
"""

from taskora.nlu.calendar_words import MONTHS
from taskora.nlu.candidates import Match
from taskora.nlu.numbers import CARDINALS
from taskora.nlu.quantities import quantity_at
from taskora.nlu.rules.clause import ends_clause
from taskora.nlu.rules.days import days_at, timed_days_at
from taskora.nlu.rules.phrase import DayPart, Freq, Part, Phrase
from taskora.nlu.rules.tails import with_tails
from taskora.nlu.rules.vocabulary import (
    ADJECTIVES,
    ALL_WEEKDAYS,
    AND,
    DAY_PARTS,
    EVERY,
    PLURAL_WEEKDAYS,
    PREFIXED,
    REPEAT,
    TO,
    WEEKEND_PLURALS,
    WORKDAY_PLURALS,
)
from taskora.nlu.tokens import Tokens
from taskora.nlu.wordlists import word_set

_SURE, _LIKELY = 0.95, 0.85
_PLURAL_PARTS = word_set("mornings afternoons evenings nights")
_PLURALS = frozenset(PLURAL_WEEKDAYS) | WEEKEND_PLURALS | WORKDAY_PLURALS
_TASK_NOUNS = word_set("task tasks todo reminder chore habit routine repeating recurring")
_ADDING = word_set("add ad adding new")
_ARTICLES = word_set("a an the my new")
_REASONS = word_set("since because as if when while although")
_OF_A_NOUN = word_set("the a an my our your his her their")
_WITH_DAILY = word_set("at am pm due : except excluding until till starting")
_BEFORE_A_NOUN = word_set("the a an my our your those these early late long sleepless game movie nights all of")
_AWAY = word_set(
    "away off out holiday holidays vacation trip conference visit visiting visits camping festival retreat offsite stay"
    " staying travel travelling traveling fair expo hotel course summit leave tournament cruise"
)
"""Words of a line in which "mon to wed" is one stretch of days."""

_RANGE = 3
_AFTER_TASK = word_set("to called named for titled")


def adverb_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read an adjective or adverb of repetition at `i`, where it counts."""
    once = tokens.word(i) == "once" and tokens.word(i + 1) in ADJECTIVES
    j = i + 1 if tokens.word(i) in REPEAT or once else i
    basis = tokens.word(j) == "on" and tokens.word(j + 1) == "a" and "basis" in tokens.words[j + 2 : j + 6]
    j = j + 2 if basis else j
    found = adjective_at(tokens, j)
    dated = tokens.word(i - 2) in MONTHS
    if found is None or (tokens.number(i - 1) >= 0 and not dated):
        return None
    tailed = with_tails(tokens, found.end, (found.value,))
    end = tailed.end
    certain = j > i or tailed.end > found.end
    if basis:
        end = found.end + 1
    elif not certain and tokens.word(end) in _TASK_NOUNS:
        end = _after_noun(tokens, end)
    elif not certain and not _counts(tokens, i, end):
        return None
    if not tokens.closes(end):
        return None
    return Match(
        end,
        Phrase(tailed.value, weak=not certain),
        _SURE if certain else _LIKELY,
        found.assumptions + tailed.assumptions,
    )


def plural_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read weekdays in the plural: tuesdays; on mondays and wednesdays; weekdays at 9; saturday mornings; at weekends."""
    j = i + 1 if tokens.word(i) in {"on", "at"} else i
    every_other = tokens.word(j) in {"alternate", "alternating"}
    days = days_at(tokens, j + every_other)
    counted = tokens.number(i - 1) >= 0 or tokens.word(i - 1) in CARDINALS
    if days is None or counted or "whether" in tokens.words[:i]:
        return None  # two sundays from now; whether it runs on sundays
    timed = _timed_at(tokens, j)
    if timed is not None:
        return timed
    notes: tuple[str, ...] = ()
    said = tokens.words[j : days.end]
    if _PLURALS.isdisjoint(said) and tokens.word(days.end) not in _PLURAL_PARTS:
        if not _is_week(tokens, i, days.end) or len(days.value) < 2:
            return None
        notes = (f"took {tokens.slice(j, days.end)} as every week",)
    part = Part(Freq.WEEKLY, 2 if every_other else 1, weekdays=tuple((0, day) for day in days.value))
    tailed = with_tails(tokens, days.end, (part,))
    led = j > i or tailed.end > days.end or i == 0
    if not tokens.closes(tailed.end) or not (led or _counts(tokens, i, tailed.end)):
        return None
    if tokens[j].capitalised and not led and _capitals_are_rare(tokens):
        return None
    return Match(tailed.end, Phrase(tailed.value), _LIKELY if notes else _SURE, notes + tailed.assumptions)


def _timed_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read days with times of their own: mon 7pm, wed 6pm, sat 9am, with or without "every week"."""
    timed = timed_days_at(tokens, i)
    if timed is None:
        return None
    weekly = every_week_at(tokens, timed.end)
    if weekly:
        return Match(weekly, Phrase(timed.value), _SURE)
    if "or" in tokens.words[i : timed.end] or not tokens.closes(timed.end):
        return None
    return Match(timed.end, Phrase(timed.value), _LIKELY, (f"took {tokens.slice(i, timed.end)} as every week",))


def every_week_at(tokens: Tokens, i: int) -> int:
    """Return the index after "every week", "each week" or "weekly"; 0 without it."""
    if tokens.word(i) in EVERY and tokens.word(i + 1) == "week":
        return i + 2
    return i + 1 if tokens.word(i) == "weekly" else 0


def alternate_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read alternate days, on alternate mornings, alternating weeks."""
    j = i + 1 if tokens.word(i) == "on" else i
    word = tokens.word(j + 1)
    if tokens.word(j) not in {"alternate", "alternating"}:
        return None
    freq = {"days": Freq.DAILY, "day": Freq.DAILY, "weeks": Freq.WEEKLY, "months": Freq.MONTHLY}.get(word)
    part = Part(freq, 2) if freq else None
    if word in DAY_PARTS and word.endswith("s"):
        part = Part(Freq.DAILY, 2, day_part=DAY_PARTS[word])
    if part is None:
        return None
    tailed = with_tails(tokens, j + 2, (part,))
    return Match(tailed.end, Phrase(tailed.value), _SURE, tailed.assumptions) if tokens.closes(tailed.end) else None


def _is_week(tokens: Tokens, i: int, end: int) -> bool:
    """Tell whether weekdays in the singular mean each week: mon-fri, gym mon and thu at 10 (not "monday or tuesday")."""
    said = tokens.words[i:end]
    if "or" in said or tokens.word(i - 1) in {"from", "between", "next", "this", "last"}:
        return False
    timed = tokens.word(end) in {"at", "@"} or tokens.number(end) >= 0
    if len(said) == _RANGE and said[1] in TO and not timed and not _AWAY.isdisjoint(tokens.words):
        return False
    listed = i == 0 and (not (TO | AND).isdisjoint(said) or len(said) >= _RANGE)
    return ends_clause(tokens, end) or listed


def parts_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read parts of the day in the plural, which are those of every day: walk the dog mornings, in the evenings."""
    j = i + 1 if tokens.word(i) == "in" else i
    j = j + 1 if j > i and tokens.word(j) == "the" else j
    clause_ends = ends_clause(tokens, j + 1) and tokens.word(j + 1) not in ALL_WEEKDAYS  # work nights mon-thu
    if tokens.word(j) not in _PLURAL_PARTS or (j == i and i == 0) or not clause_ends:
        return None
    if tokens[j].capitalised and _capitals_are_rare(tokens):
        return None
    if tokens.words[0] in _REASONS and tokens.word(j + 1) == ",":
        return None  # since he is only around in the mornings, …
    if j == i and (tokens.word(i - 1) in _BEFORE_A_NOUN or tokens.number(i - 1) >= 0):
        return None
    part = Part(Freq.DAILY, day_part=DAY_PARTS[tokens.word(j)])
    return Match(j + 1, Phrase((part,)), _LIKELY, (f"took {tokens.slice(i, j + 1)} as every day",))


def parts_of_every_day_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read parts of the day before the words for each day: morning and evening every day, morning, noon and night daily."""
    said: list[DayPart] = []
    end = i
    while (part := DAY_PARTS.get(tokens.word(end))) is not None:
        said.append(part)
        end += 1
        if tokens.word(end) in AND and (tokens.word(end + 1) in DAY_PARTS or tokens.word(end + 1) in AND):
            end += 2 if tokens.word(end + 1) in AND else 1
    each = tokens.word(end) == "daily" or (tokens.word(end) in EVERY and tokens.word(end + 1) == "day")
    end += 1 if tokens.word(end) == "daily" else 2
    if len(said) < 2 or not each or not tokens.closes(end):
        return None
    return Match(end, Phrase(tuple(Part(Freq.DAILY, day_part=part) for part in dict.fromkeys(said))), _SURE)


def adjective_at(tokens: Tokens, i: int) -> Match[Part] | None:
    """Read an adjective of repetition at `i`, wherever it stands."""
    word, end = tokens.word(i), i + 1
    if word in PREFIXED:
        end = i + 2 if tokens.word(i + 1) == "-" else i + 1
        word, end = word + tokens.word(end), end + 1
    known = ADJECTIVES.get(word)
    if known is None:
        return None
    freq, interval, note = known
    part = Part(freq, interval, day_part=DayPart.NIGHT if word == "nightly" else None)
    return Match(end, part, assumptions=(note,) if note else ())


def _after_noun(tokens: Tokens, i: int) -> int:
    """Pass over "task to", "reminder called", "task:" after the adjective."""
    i += 1
    if tokens.word(i) == ":" or tokens.word(i) in _AFTER_TASK:
        i += 1
    return i


def _counts(tokens: Tokens, i: int, end: int) -> bool:
    """Tell whether the word at `[i, end)` cannot belong to the noun after it."""
    before = tokens.word(i - 1)
    if before in _ADDING or (before in _ARTICLES and tokens.word(i - 2) in _ADDING):
        return True
    if before == "me" and tokens.word(end) in {"to", "about", "of"}:
        return True
    if before in _OF_A_NOUN:
        return False  # listen to The Daily
    if ends_clause(tokens, end):
        return True
    if tokens[i].text.lower() != tokens.word(i) and tokens.word(i) in {"daily", "weekly", "monthly", "yearly"}:
        return True  # an adverb of another language, which stands before no noun
    opens = i == 0 and tokens.word(0) == "daily"
    return opens and (not _WITH_DAILY.isdisjoint(tokens.words) or _lasts(tokens))


def _lasts(tokens: Tokens) -> bool:
    """Tell whether a line says for how many days something is done: daily journaling for the next 30 days."""
    return any(
        (tokens.words[i] == "for" and (found := quantity_at(tokens, i + 1)) and not found.value.by_clock)
        or tokens.words[i : i + 3] == ("for", "the", "next")
        for i in range(1, len(tokens))
    )


def _capitals_are_rare(tokens: Tokens) -> bool:
    return sum(token.capitalised for token in tokens.items) <= 3


def without_weak(phrases: list[tuple[int, Match[Phrase]]]) -> list[tuple[int, Match[Phrase]]]:
    """Drop adjectives where another rule says it better: "daily standup every weekday" repeats on weekdays."""
    return [found for found in phrases if not found[1].value.weak] or phrases[:1]
