"""Reads words that are known to say how often, as in a form's field: "every monday at 9 until june", "weekly", "2 weeks"."""

from taskora.domain.errors import NotUnderstood
from taskora.nlu import rules
from taskora.nlu.candidates import THRESHOLD, Candidate, Kind, choose
from taskora.nlu.clocks import Clock, PartOfDay
from taskora.nlu.dates.today import Today
from taskora.nlu.reading import Context
from taskora.nlu.tokens import Tokens, tokenise
from taskora.nlu.when import find_dates_and_times
from taskora.nlu.wordlists import word_set

_FILLERS = word_set("at on the and , . ; it to repeat repeats repeating please")


def read_repeat_with_due(words: str, context: Context, *, lenient: bool = True) -> rules.Resolved:
    """Return the series and its first date; `lenient` takes "monday" and "2 weeks" as well.

    Raises NotUnderstood, and InvalidField for dates that cannot be.
    """
    for text in (words, f"every {words}") if lenient else (words,):
        resolved = _resolved(tokenise(text, context.preferences.locale), context)
        if resolved is not None:
            return resolved
    raise NotUnderstood(
        f"“{words.strip()[:80]}” is no repeat rule that I know.",
        advice='Say it as "every day at 9", "every other friday", "monthly on the 1st" or "every! 3 days".',
        field="repeat",
    )


def _resolved(tokens: Tokens, context: Context) -> rules.Resolved | None:
    """Return what the whole line says as a rule, None when something is left over."""
    found = rules.extract(tokens, context)
    if not found:
        return None
    others = [candidate for candidate in find_dates_and_times(tokens, 0, found) if candidate.score >= THRESHOLD]
    chosen = choose([*found, *others])
    if not _covered(tokens, chosen) or not any(one.kind is Kind.RULE for one in chosen):
        return None
    today = Today.of(context)
    days = [one.value.resolve(today) for one in chosen if one.kind is Kind.DATE and hasattr(one.value, "resolve")]
    times = [one.value for one in chosen if one.kind is Kind.TIME and isinstance(one.value, Clock | PartOfDay)]
    return rules.resolve(
        [one for one in chosen if one.kind is Kind.RULE],
        [one for one in chosen if one.kind is Kind.BOUND],
        day=days[0] if days else None,
        time=times[0].time if times else None,
        context=context,
    )


def _covered(tokens: Tokens, chosen: list[Candidate]) -> bool:
    taken = {place for candidate in chosen for place in range(candidate.start, candidate.end)}
    left = [token.lower for token in tokens.items if token.start not in taken]
    return all(word in _FILLERS for word in left)
