"""The title of a task: its line without the pieces that were understood. No word is lost: what goes is a span.

Both sides of a piece that is taken out are tidied: a dangling preposition, the pause behind a piece at the beginning, empty
brackets. Those characters become part of the spans, so that title and spans together are the line.
"""

import re
from collections.abc import Sequence

from taskora.nlu.company import DETERMINERS
from taskora.nlu.wordlists import word_set

Interval = tuple[int, int]

_DANGLING = word_set("on by due at every for from until till @ starting in re")
_PHRASAL = word_set(
    "log sign turn carry hold move go come check try put pass catch switch hang keep work get add bring call clock tune hand"
    " fill give send stand drop dial book break step take pick look see run walk drive ride fly tag dress cave chip pitch"
    " zero zoom sleep stay eat dine opt"
)
_SHIFTED = word_set(
    "move moved shift shifted reschedule rescheduled postpone postponed delay delayed push pushed change changed"
)
_PARTICLES = word_set("on in")
_OWN_LEAD = word_set(
    "on by due at every each for from until till @ in before after around this next starting between no not"
)
_LAST_WORD = re.compile(r"(?<![\w'’-])([^\W\d_]+|@)(?:(?<=\bre):)?\s*$")
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+|@)")
_PAUSES_BEHIND = re.compile(r"[\s,:;.)\]–—-]+")
_PAUSES_BEFORE = re.compile(r"[\s,:;(\[–—@&-]+$")
_GLUED_MARKS = re.compile(r"[!?]*(?=\s|$)|")
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_BULLET = re.compile(r"\s*(?:[-*•+–—]|\[[ xX]?\]|\d{1,3}[.)])\s+(?=\S)")
_EMPTY = re.compile(r"[(\[{][\s,;/&+–-]*[)\]}]")
_PARTED = re.compile(r"(?<=\s)([/|•·])(?:\s+[,/|•·])+\s+")
_GAP = re.compile(r"\s+")


def bullet(text: str) -> list[Interval]:
    """Return the mark of a list item at the beginning of a line."""
    found = _BULLET.match(text)
    return [found.span()] if found and text.strip() else []


def merged(intervals: Sequence[Interval], text: str) -> list[Interval]:
    """Join intervals that overlap or have only space between them."""
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def tidied(text: str, intervals: Sequence[Interval]) -> list[Interval]:
    """Widen the pieces taken out of a line by what would dangle without them."""
    result: list[Interval] = []
    floor, at_front = 0, True
    for piece in merged(intervals, text):
        start = _without_dangling(text, floor, *piece)
        start, end = _without_brackets(text, start, piece[1])
        at_front = at_front and not text[floor:start].strip()
        if at_front and (pauses := _PAUSES_BEHIND.match(text, end)):
            end = pauses.end()
        end = _GLUED_MARKS.match(text, end).end()  # type: ignore[union-attr]  # the expression matches nothing as well
        if not text[end:].strip(" \t\n.!,;") and (pauses := _PAUSES_BEFORE.search(text, floor, start)):
            start = pauses.start()
        result.append((start, end))
        floor = end
    return merged(result, text)


def _without_dangling(text: str, floor: int, start: int, end: int) -> int:
    own = _FIRST_WORD.match(text[start:end])
    found = _LAST_WORD.search(text, floor, start)
    if found and found.group(1).lower() == "to":
        verb = _LAST_WORD.search(text, floor, found.start())
        return found.start() if verb and verb.group(1).lower() in _SHIFTED else start
    if own and own.group(1).lower() in _OWN_LEAD:
        on_each = own.group(1).lower() in {"every", "each"} and found and found.group(1).lower() == "on"
        verb = _LAST_WORD.search(text, floor, found.start()) if found and on_each else None
        return found.start() if found and verb and verb.group(1).lower() not in _PHRASAL else start
    while found and found.group(1).lower() in _DANGLING:
        verb = _LAST_WORD.search(text, floor, found.start())
        if verb and verb.group(1).lower() in DETERMINERS:
            return start
        if found.group(1).lower() in _PARTICLES and verb and verb.group(1).lower() in _PHRASAL:
            return start
        start = found.start()
        found = _LAST_WORD.search(text, floor, start)
    return start


def _without_brackets(text: str, start: int, end: int) -> Interval:
    before, behind = text[:start].rstrip(), text[end:]
    for opening, closing in _BRACKETS:
        if before.endswith(opening) and behind.lstrip().startswith(closing):
            return len(before) - 1, end + behind.index(closing) + 1
    return start, end


def remaining(text: str, taken: Sequence[Interval]) -> str:
    """Return the line without the intervals, its gaps closed and a final full stop gone."""
    pieces: list[str] = []
    position = 0
    for start, end in taken:
        pieces.append(text[position:start])
        if end - start > 1 or text[start:end].isspace():
            pieces.append(" ")
        position = end
    title = "".join((*pieces, text[position:]))
    title = _GAP.sub(" ", _PARTED.sub(r"\1 ", _EMPTY.sub(" ", title)) if taken else title).strip()
    title = re.sub(r" ([,.;:!?)\]])", r"\1", re.sub(r",(?:\s*,)+", ",", title)) if taken else title
    return title.strip(" ,;–—").removesuffix(" -").removesuffix(":").strip()


def without_full_stop(title: str) -> str:
    """Drop one full stop at the end, but not an ellipsis."""
    return title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title
