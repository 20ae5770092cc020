"""Words that are only a date, a time, a range or a duration: tomorrow at 5, to friday, next week for 2 hours, no date."""

import datetime as dt
from collections.abc import Sequence

from taskora.domain.errors import NotUnderstood
from taskora.nlu.candidates import Candidate, Kind, Match, choose
from taskora.nlu.durations import find_durations
from taskora.nlu.reading import Changes, Command, Confidence, Context, Intent
from taskora.nlu.resolution import settle
from taskora.nlu.selection import Selection, select
from taskora.nlu.times import time_at
from taskora.nlu.tokens import Tokens, tokenise
from taskora.nlu.undated import Undated, find_undated
from taskora.nlu.when import find_dates_and_times
from taskora.nlu.wordlists import word_set

_IGNORED = word_set(
    "to for on at by in and the of from until till it , . ; : ! - – is due instead please pls then now ( ) a or so same"
    " all day around about be all-day set date time"
)
_SURE = 0.9


def read_when(words: str, context: Context) -> Command:
    """Return what words mean that are known to be a date or time.

    `due`, `end` and `duration` hold it; `words` has `day` and `time` where each was said; `changes.cleared` has `due` for
    "no date". Raises NotUnderstood when a word is left over, InvalidField for a day or time that does not exist.
    """
    tokens = tokenise(words, context.preferences.locale)
    chosen = choose(_candidates(tokens))
    _refuse_leftovers(tokens, chosen, words)
    if any(isinstance(one.value, Undated) for one in chosen):
        return Command(Intent.UPDATE, text=words, changes=Changes(cleared=frozenset(("due",))))
    selection = select([_sure(one) for one in chosen], words)
    if len(selection.used) < len(chosen):
        raise _not_understood(words)
    settled = settle(selection.when, context)
    duration = selection.duration.value if selection.duration else None
    notes = tuple(dict.fromkeys((*settled.notes, *(note for one in chosen for note in one.assumptions))))
    return Command(
        Intent.UPDATE,
        text=words,
        due=settled.due,
        end=settled.end,
        duration=duration if isinstance(duration, dt.timedelta) else None,
        words=_said(selection, words),
        confidence=Confidence.ASSUMED if notes else Confidence.CERTAIN,
        assumptions=notes,
    )


def _candidates(tokens: Tokens) -> list[Candidate]:
    found = [*find_dates_and_times(tokens), *find_durations(tokens), *find_undated(tokens, -1, len(tokens))]
    return found or _lone_hour(tokens)


def _lone_hour(tokens: Tokens) -> list[Candidate]:
    """Read `5` or `to 5`, which is an hour where a time is asked for."""
    i = 0
    while i < len(tokens) and tokens.words[i] in _IGNORED:
        i += 1
    time: Match[object] | None = time_at(tokens, i)
    return [Candidate(*tokens.span(i, time.end), Kind.TIME, time.value)] if time is not None else []


def _sure(candidate: Candidate) -> Candidate:
    """Raise a candidate over the threshold: there is no title that it could belong to."""
    return Candidate(
        candidate.start,
        candidate.end,
        candidate.kind,
        candidate.value,
        max(candidate.score, _SURE),
        candidate.assumptions,
    )


def _refuse_leftovers(tokens: Tokens, chosen: Sequence[Candidate], words: str) -> None:
    covered = {place for one in chosen for place in range(one.start, one.end)}
    free = (token.lower for token in tokens.items if token.start not in covered)
    if not chosen or not _IGNORED.issuperset(free):
        raise _not_understood(words)


def _not_understood(words: str) -> NotUnderstood:
    return NotUnderstood(
        f'I cannot read "{words}" as a date.',
        field="when",
        advice='Say it as "tomorrow at 5pm", "next friday" or "27 Jan".',
    )


def _said(selection: Selection, words: str) -> dict[str, str]:
    """Return which of day and time was said, with its words."""
    when = selection.when
    text = " ".join(words[one.start : one.end] for one in selection.when_used)
    dated_range = when.range is not None and when.range.start.date is not None
    names_today = when.part is not None and when.part.today
    said: dict[str, str] = {}
    if when.date is not None or when.moment is not None or dated_range or names_today:
        said["day"] = text
    if when.timed:
        said["time"] = text
    return said
