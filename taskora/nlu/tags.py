"""Tags in a line: @email, #work, %home, *label, tagged work, with tags a and b, label groceries, tag:errands."""

from collections.abc import Collection

from taskora.domain.task import TAG_LIMIT
from taskora.nlu.calendar_words import WEEKDAYS
from taskora.nlu.candidates import Candidate, Kind, Match
from taskora.nlu.dates.relative import DAY_WORDS
from taskora.nlu.tokens import TokenKind, Tokens
from taskora.nlu.verbs import ACTIONS
from taskora.nlu.wordlists import word_set

_SIGILS = frozenset("@#%*")
_ONE = word_set("tag label labelled labeled tagged taged tagd")
_MANY = word_set("tags labels")
_JOIN = word_set(", and & + plus")
_STOP = word_set(
    "due by on at in for from until till with and to p priority prio high low medium urgent asap every daily weekly monthly"
    " remind reminder starting note notes // the a an please thanks before after tonight noon next this repeat repeating"
    " deadline no"
) | frozenset(("p1", "!", "(", "{", "[", ".", ";", ",", "-", ":", "?"))
_BEFORE = word_set("with under using and add it as w")
_SKIPPED = frozenset((":", "=", "as", "it", "with", "under", "called", "named", "is", "are"))


def find_tags(tokens: Tokens, begin: int = 0, taken: Collection[int] = ()) -> list[Candidate]:
    """Return the tags of a line in order; the value is a tuple of names. `taken` are characters that belong to dates."""
    found: list[Candidate] = []
    i = begin
    last = len(tokens)
    while i < last:
        word = tokens.words[i]
        match = None
        if word in _SIGILS:
            match = _sigil_at(tokens, i)
        elif (word in _ONE or word in _MANY) and tokens.opens(i):
            match = _worded_at(tokens, i, taken)
        if match is None:
            i += 1
            continue
        first = _with_lead(tokens, i, begin) if word not in _SIGILS else i
        start, end = tokens.span(first, match.end)
        found.append(Candidate(start, end, Kind.TAG, match.value, match.score))
        i = match.end
    return found


def _with_lead(tokens: Tokens, i: int, begin: int) -> int:
    """Take the words that lead to `tags`: with the, and, a."""
    first = i
    while (
        first > begin and i - first < 3 and tokens.word(first - 1) in {"the", "a"} and tokens.word(first - 2) in _BEFORE
    ):
        first -= 1
    while first > begin and i - first < 4 and tokens.word(first - 1) in _BEFORE:
        first -= 1
    return first


def _sigil_at(tokens: Tokens, i: int) -> Match[tuple[str, ...]] | None:
    """Read a sign and the name that touches it; `#` and `@` before a number are no tags, nor is `*emphasis*`."""
    if tokens.glued(i) and tokens.word(i - 1) not in "([,;":
        return None
    if not tokens.glued(i + 1):
        return None
    name = _name_at(tokens, i + 1)
    emphasis = tokens.word(i) == "*" and name is not None and tokens.word(name.end) == "*" and tokens.glued(name.end)
    if name is None or tokens[i + 1].kind is TokenKind.NUMBER or emphasis:
        return None
    return Match(name.end, (name.value,), 1.0)


def _name_at(tokens: Tokens, i: int) -> Match[str] | None:
    """Read a name: a word with what touches it by letters, digits, - _ / or ', or a quoted text."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.kind is TokenKind.QUOTED:
        inner = token.text[1:-1].strip()
        return Match(i + 1, inner) if 0 < len(inner) <= TAG_LIMIT else None
    if token.kind not in {TokenKind.WORD, TokenKind.NUMBER} and token.text != "_":
        return None
    end = i + 1
    while tokens.glued(end):
        kind = tokens[end].kind
        joins = tokens.words[end] in {"-", "_", "/"} and tokens.glued(end + 1) and tokens[end + 1].kind in _NAME_KINDS
        if not joins and kind not in _NAME_KINDS and tokens.words[end] != "_":
            break
        end += 1
    name = tokens.slice(i, end)
    return Match(end, name) if len(name) <= TAG_LIMIT else None


_NAME_KINDS = frozenset((TokenKind.WORD, TokenKind.NUMBER))


def _worded_at(tokens: Tokens, i: int, taken: Collection[int]) -> Match[tuple[str, ...]] | None:
    """Read tagged work; tags a, b and c; tag: errands; label groceries."""
    word = tokens.word(i)
    j = i + 1
    while tokens.word(j) in _SKIPPED:
        j += 1
    sure = j > i + 1 or word not in {"tag", "label"} or tokens.word(i - 1) in _BEFORE
    names = _names_from(tokens, j, taken, spaced=word in _MANY)
    if not names.value or (not sure and not _may_be_alone(tokens, i, names.end)):
        return None
    colon = i == 0 and tokens.word(names.end) == ":"
    return Match(names.end + 1 if colon else names.end, names.value, 0.97 if sure else 0.8)


def _names_from(tokens: Tokens, i: int, taken: Collection[int], *, spaced: bool) -> Match[tuple[str, ...]]:
    """Read names joined by a comma or `and`; where none is, with `spaced`, by blanks."""
    names: list[str] = []
    end = j = i
    joined = False
    while (name := _listed_at(tokens, j, taken)) is not None:
        names.append(name.value)
        end = j = name.end
        while tokens.word(j) in _JOIN:
            j, joined = j + 1, True
        if j == end and (joined or not spaced or tokens.word(j) in ACTIONS):
            break
    return Match(end, tuple(names))


def _listed_at(tokens: Tokens, i: int, taken: Collection[int]) -> Match[str] | None:
    j = i + 1 if tokens.word(i) in _SIGILS and tokens.glued(i + 1) else i
    if j < len(tokens) and tokens[j].start in taken:
        return None
    name = _name_at(tokens, j)
    lower = name.value.lower() if name else ""
    if (
        lower in {"a", "an", "the"}
        and name
        and (name.end >= len(tokens) or tokens[name.end].kind is TokenKind.PUNCT or tokens.word(name.end) == "and")
    ):
        return name
    return None if j == i and (lower in _STOP or lower in WEEKDAYS or lower in DAY_WORDS) else name


def _may_be_alone(tokens: Tokens, i: int, end: int) -> bool:
    """Tell whether `label groceries` without a sign names a tag: behind a task, or before the verb that begins it."""
    if tokens.word(i - 1) in ACTIONS:
        return False
    return end == len(tokens) if i > 0 else tokens.word(end) == ":" or tokens.word(end) in ACTIONS
