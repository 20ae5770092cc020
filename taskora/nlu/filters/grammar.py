"""Walks a piece of a line and reads which tasks it means. What it does not know is kept: it may be words to search for."""

import datetime as dt
from dataclasses import dataclass, field, replace

from taskora.domain.task import Status
from taskora.nlu.candidates import Match
from taskora.nlu.dates.grammar import DATE_STARTS
from taskora.nlu.dates.today import Today
from taskora.nlu.filters.bounds import Bounds, before_today, bounds_at
from taskora.nlu.filters.fields import field_at
from taskora.nlu.filters.unable import unable_at
from taskora.nlu.filters.words import AFTER_TEXT, FILLERS, LEADING_TEXT, NOUNS, TEXT_PHRASES
from taskora.nlu.reading import Command, Confidence, Context, Filter
from taskora.nlu.tokens import TokenKind, Tokens, tokenise

_SILENT = {
    ("work", "on"),
    ("working", "on"),
    ("worked", "on"),
    ("work", "through"),
    ("have", "time"),
    ("any", "time"),
    ("free", "time"),
    ("much", "time"),
}
"""Pairs of words that say nothing about which tasks are meant."""

_QUOTES = "\"'“”‘’«»`"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a piece says about which tasks are meant.

    `unknown` are words that no rule knows, as they stand, `first_unknown` tells where they begin. `noun` tells that tasks
    are spoken of, `bounds` which time, and `period` its words, which read_period reads to the same time. `unable` names the
    tasks that were asked for and cannot be picked out.
    """

    filter: Filter = field(default_factory=Filter)
    bounds: Bounds | None = None
    unknown: str = ""
    first_unknown: int = -1
    noun: bool = False
    period: str = ""
    unable: tuple[str, ...] = ()

    def of(self, command: Command) -> Command:
        """Return a command as one about these tasks."""
        words = {**command.words, "period": self.period} if self.period else command.words
        notes = tuple(f"showing the others too: I cannot pick out {what}" for what in self.unable)
        confidence = Confidence.ASSUMED if notes else command.confidence
        found = replace(command, filter=self.with_text(), words=words, confidence=confidence)
        return replace(found, assumptions=(*command.assumptions, *notes))

    def with_text(self) -> Filter:
        """Return the filter that also searches for the unknown words."""
        text = " ".join(filter(None, (self.filter.text, self.unknown)))
        return replace(self.filter, text=text or None)

    @property
    def says_which(self) -> bool:
        """Tell whether it narrows the tasks by anything but unknown words."""
        return self.bounds is not None or self.filter != Filter()


@dataclass(slots=True)
class _Walk:
    """What has been read of a piece so far; `unknown` are indices of words."""

    tokens: Tokens
    last: int
    found: Filter
    bounds: Bounds | None = None
    noun: bool = False
    period: str = ""
    unknown: list[int] = field(default_factory=list)
    unable: list[str] = field(default_factory=list)

    def step(self, i: int, today: Today, zone: str) -> int:
        """Read what stands at `i` and return the index behind it."""
        tokens, last = self.tokens, self.last
        if tokens.words[i : i + 2] in _SILENT:
            return i + 2
        beyond = unable_at(tokens, i)
        if beyond is not None and beyond.end <= last:
            self.unable.append(beyond.value)
            return beyond.end
        text = _text_at(tokens, i, last)
        if text is not None:
            self.found = replace(self.found, text=text.value)
            return text.end
        said = field_at(tokens, i, self.found)
        if said is not None and said.end <= last:
            self.found = said.value
            return said.end
        stretch = bounds_at(tokens, i, today, zone) if self.bounds is None else None
        if stretch is not None and stretch.end <= last and tokens.closes(stretch.end):
            self.bounds, self.period = stretch.value, tokens.slice(i, stretch.end)
            return stretch.end
        word = tokens.words[i]
        self.noun = self.noun or word in NOUNS
        if word not in FILLERS and not _is_mark(tokens, i):
            self.unknown.append(i)
        return i + 1


def read_filter(tokens: Tokens, first: int, last: int, context: Context, status: Status | None = None) -> Sought:
    """Read the tokens `[first, last)`; `status` is what the verb of the question says ("did I finish").

    Raises InvalidField for a day that does not exist.
    """
    tokens = _without_possessives(tokens, last)
    today, zone = Today.of(context), context.preferences.zone
    walk = _Walk(tokens, last, Filter(status=status))
    i = first
    while i < last:
        i = walk.step(i, today, zone)
    whole = with_bounds(walk.found, walk.bounds, today.date)
    spoken = _past_period(whole, walk.bounds) or " ".join(walk.period.split())
    unable = tuple(dict.fromkeys(walk.unable))
    sought = Sought(whole, walk.bounds, noun=walk.noun, period=spoken, unable=unable)
    return _with_unknown(tokens, sought, walk.unknown) if walk.unknown else sought


def _without_possessives(tokens: Tokens, last: int) -> Tokens:
    """Read today's, friday's and week's as today, friday and week, and nothing past `last`."""
    if last < len(tokens):
        tokens = tokenise(tokens.text[: tokens[last - 1].end] if last else "")
    said = [token for token in tokens.items if token.lower[-2:] == "'s" and token.lower[:-2] in DATE_STARTS]
    if not said:
        return tokens
    text = tokens.text
    for token in said:
        text = f"{text[: token.end - 2]}  {text[token.end :]}"
    return tokenise(text)


def with_bounds(found: Filter, bounds: Bounds | None, today: dt.date) -> Filter:
    """Put a stretch of time into a filter: by completion for completed tasks, by due for the others."""
    if bounds is None:
        return found
    if found.status is Status.COMPLETED:
        ahead = bounds.first is not None and bounds.first.date > today
        first, last = (
            (before_today(due.date, today) if ahead else due.date) if due is not None else None
            for due in (bounds.first, bounds.last)
        )
        return replace(found, completed_from=first, completed_to=last)
    return replace(found, due_from=bounds.first, due_to=bounds.last)


def _past_period(found: Filter, bounds: Bounds | None) -> str:
    """Return a period of completion in dates where its words, said of a due, would mean the coming one."""
    if bounds is None or bounds.first is None or found.completed_from in {None, bounds.first.date}:
        return ""
    return f"between {found.completed_from} and {found.completed_to}"


def _with_unknown(tokens: Tokens, sought: Sought, unknown: list[int]) -> Sought:
    """Keep the unknown words as they stand; those that only known words part belong together."""
    pieces: list[tuple[int, int]] = []
    for i in unknown:
        if pieces and i - pieces[-1][1] <= 2 and all(_joins(tokens, k) for k in range(pieces[-1][1], i)):
            pieces[-1] = (pieces[-1][0], i + 1)
        else:
            pieces.append((i, i + 1))
    text = " ".join(tokens.slice(*piece) for piece in pieces).strip(_QUOTES)
    return replace(sought, unknown=text, first_unknown=pieces[0][0])


def _joins(tokens: Tokens, i: int) -> bool:
    """Tell whether a known word may stand inside what is searched for: bread and milk, follow-up."""
    return tokens.words[i] in {"-", "'", "&"} or (tokens.words[i] in FILLERS and not _is_mark(tokens, i))


def _is_mark(tokens: Tokens, i: int) -> bool:
    return tokens[i].kind is TokenKind.PUNCT


def _text_at(tokens: Tokens, i: int, last: int) -> Match[str] | None:
    """Read the words to search for after about, containing, related to …, up to a time or the end."""
    j = i + 1 if tokens.word(i) in LEADING_TEXT else 0
    for phrase in TEXT_PHRASES:
        if tokens.words[i : i + len(phrase)] == phrase:
            j = i + len(phrase)
    if tokens.word(i) == "with" and any(tokens.words[k : k + 3] in AFTER_TEXT for k in range(i, last)):
        j = i + 1
    if j == 0 or j >= last:
        return None
    j += tokens.word(j) in {"the", "my", "a", "an"} and j + 1 < last
    end = _text_end(tokens, j, last)
    text = tokens.slice(j, end).strip(_QUOTES + " ?.!,")
    for phrase in AFTER_TEXT:
        if tokens.words[end : end + len(phrase)] == phrase:
            end += len(phrase)
    return Match(end, text) if text else None


_TEXT_STOPS = frozenset(("due", "today", "tomorrow", "this", "next", "tagged", "that", "which", "in", "?", "."))


def _text_end(tokens: Tokens, j: int, last: int) -> int:
    end = j + 1
    while end < last and tokens.words[end] not in _TEXT_STOPS and tokens.words[end : end + 3] not in AFTER_TEXT:
        end += 1
    return end
