"""Which task is meant: compares the words a person used for a task with the titles there are.

Not a search: it decides between acting, asking and refusing. The task service calls it with the tasks that may be meant;
it reads no store itself. Exact title, then shared words, then words that are nearly the same; a close call is a question.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from taskora.nlu.spelling import nearly_same, stem
from taskora.nlu.wordlists import word_set

type_of_task = word_set("task tasks todo reminder item entry")
vague = word_set("thing thingy stuff one ones")
light = word_set(
    "the a an my our your his her their this that these those to of for on in at and with about some please"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NUMBER = re.compile(r"(?:task|number|no\.?|item)?\s*#?\s*(\d{1,9})")

Named = tuple[str, int, str]
"""Id, number and title of a task."""


class MatchKind(StrEnum):
    """Exact and likely name one task; ambiguous names several; none may still carry titles that come near."""

    EXACT = "exact"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """The answer: one candidate for exact and likely, the best first for the others."""

    kind: MatchKind
    candidates: tuple[Named, ...] = ()

    @property
    def found(self) -> Named | None:
        """Return the one task meant, or None when it takes a question."""
        return self.candidates[0] if self.kind in {MatchKind.EXACT, MatchKind.LIKELY} else None


class _Fit(IntEnum):
    """How well a title holds the words, best last."""

    NONE = 0
    PART = 1
    TITLE_WITHIN = 2
    NEAR = 3
    STEM = 4
    WORDS = 5
    SAME_WORDS = 6


def match(words: str, candidates: Sequence[Named]) -> Match:
    """Find the task that `words` name among `candidates`."""
    exact = _exact(words, candidates)
    if exact is not None:
        return exact
    wanted = _significant(_tokens(words))
    if not wanted:
        return Match(MatchKind.NONE)
    seen = _Vocabulary(wanted)
    graded = [(seen.fit(_significant(_tokens(named[2]))), named) for named in candidates]
    best = max((fit for fit, _ in graded), default=_Fit.NONE)
    chosen = tuple(named for fit, named in graded if fit is best)
    if best <= _Fit.PART:
        return _unmatched(words, candidates, chosen if best is _Fit.PART else ())
    if best is _Fit.SAME_WORDS and not vague.isdisjoint(_tokens(words)):
        chosen = tuple(named for fit, named in graded if fit >= _Fit.WORDS)
    if len(chosen) > 1:
        return Match(MatchKind.AMBIGUOUS, tuple(sorted(chosen, key=lambda named: len(named[2]))))
    return Match(MatchKind.LIKELY, chosen)


def _exact(words: str, candidates: Sequence[Named]) -> Match | None:
    """Match a number or a whole title; equal titles are a question."""
    plain = words.strip().casefold()
    bare = _plain(plain)
    same = tuple(named for named in candidates if named[2].casefold() == plain)
    same = same or tuple(named for named in candidates if bare and _plain(named[2].casefold()) == bare)
    if same:
        return Match(MatchKind.EXACT if len(same) == 1 else MatchKind.AMBIGUOUS, same)
    number = _NUMBER.fullmatch(plain)
    if number is not None:
        numbered = tuple(named for named in candidates if named[1] == int(number[1]))
        return Match(MatchKind.EXACT if numbered else MatchKind.NONE, numbered)
    return None


def _unmatched(words: str, candidates: Sequence[Named], near: tuple[Named, ...]) -> Match:
    """Fall back on the words as a piece of a title (scripts without spaces), else name what comes near."""
    piece = words.strip().casefold()
    holding = tuple(named for named in candidates if piece in named[2].casefold()) if len(piece) > 1 else ()
    if len(holding) == 1:
        return Match(MatchKind.LIKELY, holding)
    if holding:
        return Match(MatchKind.AMBIGUOUS, holding)
    return Match(MatchKind.NONE, near[:5])


class _Vocabulary:
    """The wanted words, and what each word of the titles was found to be worth (titles share most of their words)."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self._wanted = wanted
        self._known = set(wanted)
        self._stems = {stem(word) for word in wanted}
        self._near: dict[str, frozenset[str]] = {}

    def fit(self, title: Sequence[str]) -> _Fit:
        """Grade a title given as its significant words."""
        words = set(title)
        if self._known <= words:
            return _Fit.SAME_WORDS if self._known == words else _Fit.WORDS
        stems = {stem(word) for word in title}
        if self._stems <= stems:
            return _Fit.STEM
        close = {word for one in words for word in self._close_to(one)}
        if self._known <= close:
            return _Fit.NEAR
        if words and all(self._close_to(word) for word in words):
            return _Fit.TITLE_WITHIN
        return _Fit.PART if 2 * len(close) >= len(self._known) else _Fit.NONE

    def _close_to(self, word: str) -> frozenset[str]:
        """Return the wanted words that a word of a title may stand for."""
        known = self._near.get(word)
        if known is None:
            known = frozenset(one for one in self._wanted if nearly_same(one, word))
            self._near[word] = known
        return known


def _tokens(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _plain(text: str) -> str:
    """Drop what does not tell titles apart: case, punctuation, a leading article, a trailing "task"."""
    words = _tokens(text)
    while len(words) > 1 and words[0] in {"the", "a", "an", "my", "our"}:
        words = words[1:]
    while len(words) > 1 and words[-1] in type_of_task:
        words = words[:-1]
    return " ".join(words)


def _significant(words: Iterable[str]) -> list[str]:
    """Drop the words that name no task; when nothing else is there, keep them."""
    told = list(words)
    return [word for word in told if word not in light | vague | type_of_task] or told
