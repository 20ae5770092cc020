"""What people ask tasks for and no filter can tell apart yet; it is said rather than passed over in silence."""

from taskora.nlu.candidates import Match
from taskora.nlu.quantities import quantity_at
from taskora.nlu.tokens import Tokens

_PHRASES = {
    "the untagged tasks": "untagged|not tagged|without tags|without a tag|without any tags|"
    "without any tag|with no tags|with no tag"
    "|no tags|no tag|that have no tags|having no tags|missing tags|missing a tag|without labels|without a label|unlabelled",
    "the repeating tasks": "recurring|repeating|repeat|repeats|recur|recurs|that repeat|that recur|on repeat|habits|routines",
    "the tasks that do not repeat": "non - recurring|non - repeating|nonrecurring|not recurring|not repeating|that don't repeat"
    "|that do not repeat|one - off|one - offs|one - time|oneoff|oneoffs",
    "the tasks with a reminder": "with a reminder|with reminders|that have a reminder|that have reminders|with an alarm",
    "the tasks without a reminder": "without a reminder|without reminders|with no reminder|with no reminders",
    "the tasks with a note": "with a note|with notes|that have notes|with a description",
    "the tasks without a priority": "with no priority|without a priority|without priority|no priority",
    "the deleted tasks": "in the trash|in trash|in the bin|from the trash|deleted|trashed|removed|trash",
}
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _what, _forms in _PHRASES.items():
    for _form in _forms.split("|"):
        _words = tuple(_form.split())
        _BY_FIRST.setdefault(_words[0], []).append((_words, _what))

_AGE = "the tasks by when they were added"
_MADE = frozenset(("added", "created", "entered", "made", "written"))
_SINCE = frozenset(
    ("before", "after", "since", "in", "within", "on", "during", "over", "more", "less", "today", "yesterday")
)
_SINCE_WORDS = _SINCE | {"this", "last"}


def unable_at(tokens: Tokens, i: int) -> Match[str] | None:
    """Read a criterion at `i` that no filter has; the value names the tasks that cannot be picked out."""
    best: Match[str] | None = None
    for words, what in _BY_FIRST.get(tokens.word(i), ()):
        end = i + len(words)
        if tokens.words[i:end] == words and (best is None or end > best.end):
            best = Match(end, what)
    return best or _age_at(tokens, i)


def _age_at(tokens: Tokens, i: int) -> Match[str] | None:
    """Read older than 2 weeks, more than a month old, and the "added" of "added this week"."""
    word, j = tokens.word(i), i + 2
    if word in {"older", "newer", "younger", "more", "less"} and tokens.word(i + 1) == "than":
        quantity = quantity_at(tokens, j)
        if quantity is None:
            return None
        old = tokens.word(quantity.end) in {"old", "ago"}
        return Match(quantity.end + old, _AGE) if old or word in {"older", "newer", "younger"} else None
    return Match(i + 1, _AGE) if word in _MADE and tokens.word(i + 1) in _SINCE_WORDS else None
