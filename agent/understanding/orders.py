"""Orders that the reader of task language has no words for. Each table is asked in turn."""

import re
from collections.abc import Callable, Sequence

from agent.session import Call
from agent.steps import Step, calling
from agent.understanding.activity import activity_order
from agent.understanding.commands import Translator
from agent.understanding.details import detail_order
from agent.understanding.forms import Forms, count_of
from agent.understanding.picking import pick_order
from agent.understanding.preferences import preference_order
from agent.understanding.reminding import reminder_order
from agent.understanding.series import series_order
from agent.understanding.tags import tag_order

UNDO_AT_MOST = 20
_COURTESY = re.compile(
    r"^(?:(?:please|hey|ok|okay|now|and|so|then|can you|could you|would you)\b[, ]*)+", re.IGNORECASE
)
_UNDO = Forms("""
    (undo|revert|take back) [it|that|this] (twice|two times)
    (undo|revert|take back) [it|that|this] {count:count} (times|things|changes|actions|steps|commands)
    (undo|revert|take back) [the] (last|past) {count:count} [things|changes|actions|steps|commands]
    (undo|revert|take back) {count:count} [more]
""")
_WAIT = "[no|nah|nope|oh|oops|wait|sorry|actually] [wait|sorry]"
_TAKE_BACK = Forms(f"""
    {_WAIT} (take (that|it) back|undo [that|it|this]|revert [that|it])
    {_WAIT} put (it|that) back [(as|how|the way) it was]
    {_WAIT} (that was|it was) (wrong|a mistake|an accident)
    {_WAIT} i (didn't|didnt|did not) (mean|want) (that|it|to do that|to do it|to)
""")

_ORDERS: Sequence[Callable[[str, Translator], Step | None]] = (
    tag_order,
    pick_order,
    activity_order,
    preference_order,
    reminder_order,
    detail_order,
    series_order,
)


def ordered(line: str, translator: Translator) -> list[Step] | None:
    """Return the steps of a line that is one of these orders, None for any other."""
    said = _COURTESY.sub("", line.strip()).rstrip("?!. ").strip()
    said = re.sub(r"[, ]+please$", "", said, flags=re.IGNORECASE)
    if _TAKE_BACK.fits(said):
        return [translator.undo()]
    if (several := _UNDO.read(said)) is not None:
        return _undone(count_of(several.get("count", "two")), translator)
    for order in _ORDERS:
        if step := order(said, translator):
            return [step]
    return None


def _undone(count: int, translator: Translator) -> list[Step]:
    again = calling(Call("undo", {}))
    return [translator.undo(), *[again] * (min(count, UNDO_AT_MOST) - 1)]
