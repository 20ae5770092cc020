"""Adding with words that ask for it: "add …", "remind me to …", "put … on my list", "I have an exam on dec 4"."""

from taskora.domain.errors import NotUnderstood
from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.commands.dating import when_of
from taskora.nlu.commands.naming import named
from taskora.nlu.commands.questions import ask_which
from taskora.nlu.commands.sentences import begins_like_talk, points
from taskora.nlu.leads import lead_at
from taskora.nlu.reading import Command, Intent
from taskora.nlu.task_entry import read_task_with_spans

_PRONOUNS = frozenset(("one", "ones", "it", "that", "this", "them"))
_HAVING = frozenset(("have", "got", "i've", "we've", "there's"))


def asks_to_add(clause: Clause) -> bool:
    """Tell whether a clause asks for a task with words of its own; "I have a headache" does not."""
    lead = lead_at(clause.tokens, 0)
    return lead is not None and lead.value and not _tells(clause.tokens.words[: lead.end])


def _tells(lead: tuple[str, ...]) -> bool:
    """Tell whether a lead says what someone has, which is a task only with a date (see `add_event`)."""
    return lead[-1:] in {("a",), ("an",)} and not _HAVING.isdisjoint(lead)


def add_asked(clause: Clause) -> Command | None:
    """Add what a clause asks to add, None when it does not ask."""
    if asks_to_add(clause):
        return add_text(clause, clause.text.rstrip(" ?"))
    inner = lead_at(clause.tokens, clause.first) if clause.asked else None
    if inner is None or not inner.value:
        return None
    rest = clause.whole()
    return add_text(clause, rest.text, rest.start)


def add_text(clause: Clause, text: str, start: int = 0) -> Command:
    """Add the task that a text describes, or ask for its title; `start` is where the text begins in the clause."""
    try:
        command, spans = read_task_with_spans(text, clause.context)
    except NotUnderstood:
        return ask_which(Intent.ADD)
    words = tuple((command.title or "").casefold().split())
    if words[-1:] and words[-1] in _PRONOUNS and points(words):
        return ask_which(Intent.ADD)
    clause.take(start, spans)
    return command


def add_entry(clause: Clause, found: Found) -> Command:
    """Add what `entry` describes."""
    return add_text(clause, found["entry"].text, found["entry"].start)


def add_event(clause: Clause, found: Found) -> Command | None:
    """Add what someone has at a time: "I have a dentist appointment on friday at 3pm", not "I have a headache"."""
    command = add_entry(clause, found)
    return command if command.due is not None or command.repeat is not None else None


def add_on(clause: Clause, found: Found) -> Command | None:
    """Add what takes place at a time: the exam is on dec 4 at 9am."""
    if clause.is_question or begins_like_talk(found["entry"].words):
        return None
    if when_of(found["when"]) is None:
        return None
    return _joined(clause, found, "")


def add_due(clause: Clause, found: Found) -> Command | None:
    """Add what is due: the report is due friday."""
    if clause.is_question or begins_like_talk(found["entry"].words):
        return None
    command = _joined(clause, found, "due ")
    return command if command.due is not None else None


def _joined(clause: Clause, found: Found, lead: str) -> Command:
    """Read the name and the date as one task, without the verb between them."""
    command = add_text(clause, f"{named(found['entry'])} {lead}{found['when'].text}")
    clause.taken[:] = [found["when"].span("date")]
    return command


ROWS = (
    (
        add_event,
        """
        (i have|i've got|i got|we have|we've got|there is|there's|there will be|i'll have|i will have) <a> {entry}
        """,
    ),
    (add_due, "{entry} is/are due [on|by|at] {when}"),
    (add_on, "(put|write|note|jot) {entry} down (for|on) {when}"),
    (add_entry, "(put|write|note|jot) {entry} down"),
    (add_on, "{entry} is/are/starts/begins (on|at) {when}"),
    (add_entry, "(put|throw|stick|add|pop|get|drop|write) {entry} (on|onto|to|in) <list>"),
)
