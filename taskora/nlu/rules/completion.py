"""Rules that count from completion: 3 days after I finish; after 10 days; and the words "after completion" behind a rule."""

from dataclasses import replace

from taskora.domain.series import Anchor
from taskora.nlu.candidates import Match
from taskora.nlu.quantities import Quantity, quantity_at
from taskora.nlu.rules.phrase import Bound, Freq, Part, Phrase
from taskora.nlu.rules.vocabulary import COMPLETION
from taskora.nlu.tokens import Tokens
from taskora.nlu.verbs import PAST
from taskora.nlu.wordlists import word_set

_AFTER = word_set("after from since following when once")
_BETWEEN = word_set(
    "i i've ive it it's its is was has have been each every the my last previous task gets get got being of we you"
)
_BEHIND = word_set("it this them with the task that completion time done")


def completion_at(tokens: Tokens, i: int) -> Match[Bound] | None:
    """Read what says that a rule counts from completion: after completion, after I finish it, from when it's done."""
    if tokens.word(i) not in _AFTER:
        return None
    j = i + 1
    while tokens.word(j) in _AFTER or tokens.word(j) in _BETWEEN:
        j += 1
    acted = tokens.word(j - 1) == "last" and (tokens.word(j) in PAST or tokens.word(j).endswith("ed"))
    if tokens.word(j) not in COMPLETION and not acted:
        return None
    j += 1
    while tokens.word(j) in COMPLETION or tokens.word(j) in _BEHIND:
        if tokens.word(j) == "with" and tokens.word(j + 1) not in _BEHIND:
            break
        j += 1
    return Match(j, Bound(anchor=Anchor.COMPLETION)) if tokens.closes(j) else None


def after_finishing_at(tokens: Tokens, i: int) -> Match[Phrase] | None:
    """Read a whole rule: 3 days after I finish; after 10 days (not "after 2 hours", and not behind "remind me")."""
    quantity = quantity_at(tokens, i)
    if quantity is not None:
        completion = completion_at(tokens, quantity.end)
        part = part_of(quantity.value)
        if completion is None or part is None:
            return None
        return Match(completion.end, Phrase((part,), Anchor.COMPLETION), 0.95, quantity.assumptions)
    if tokens.word(i) != "after" or (tokens.word(i - 1), tokens.word(i - 2)) == ("me", "remind"):
        return None
    quantity = quantity_at(tokens, i + 1)
    part = part_of(quantity.value) if quantity else None
    if (
        quantity is None
        or part is None
        or part.by_clock
        or not (i == 0 or tokens.word(quantity.end) in {"", ".", "!", ","})
    ):
        return None
    return Match(quantity.end, Phrase((part,), Anchor.COMPLETION), 0.8, quantity.assumptions)


def part_of(quantity: Quantity) -> Part | None:
    """Return the plain rule whose step is a length of time; None for mixed lengths."""
    told = [bool(quantity.months), bool(quantity.days), bool(quantity.seconds)]
    if sum(told) != 1 or quantity.workdays or quantity.seconds % 60:
        return None
    if quantity.seconds:
        minutes = quantity.seconds // 60
        return Part(Freq.HOURLY, minutes // 60) if minutes % 60 == 0 else Part(Freq.MINUTELY, minutes)
    if quantity.months:
        years, rest = divmod(quantity.months, 12)
        return Part(Freq.MONTHLY, quantity.months) if rest else Part(Freq.YEARLY, years)
    weeks, rest = divmod(quantity.days, 7)
    return Part(Freq.DAILY, quantity.days) if rest else Part(Freq.WEEKLY, weeks)


def from_completion(phrase: Phrase) -> Phrase:
    """Return the phrase counted from completion."""
    return replace(phrase, anchor=Anchor.COMPLETION)
