"""Adding: with words that ask for it ("add …", "remind me to …"), as a bare line ("pay rent on friday"), or not at all.

A line that only looks like a task is asked about, never added: a fragment, small talk, an order to the assistant itself.
"""

import re

from taskora.domain.errors import NotUnderstood
from taskora.domain.task import TITLE_LIMIT
from taskora.nlu.commands.actions import begins_with_action, object_of_past, reports
from taskora.nlu.commands.clause import Clause, Found, Piece
from taskora.nlu.commands.completing import complete_piece
from taskora.nlu.commands.dating import may_begin_date, read_when_or_none, without_trailing_time
from taskora.nlu.commands.naming import named
from taskora.nlu.commands.questions import NOTHING, ask, ask_which
from taskora.nlu.commands.sentences import begins_like_talk, is_gibberish, is_statement, points, to_assistant
from taskora.nlu.leads import lead_at
from taskora.nlu.reading import Command, Intent
from taskora.nlu.rule_words import read_repeat_with_due
from taskora.nlu.task_entry import read_task

_SHORT = 12
_LABELS = frozenset(("todo", "task", "reminder"))
_OTHERS = frozenset(("we", "he", "she", "they"))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NOTHING = 'I did not understand that. Try "add buy milk tomorrow", "what\'s due this week" or "done with standup".'


def add_asked(clause: Clause) -> Command | None:
    """Add what a clause asks to add, None when it does not ask."""
    lead = lead_at(clause.tokens, 0)
    if lead is None or not lead.value:
        return None
    return add_text(clause, clause.text)


def add_text(clause: Clause, text: str) -> Command:
    """Add the task that a text describes, or ask for its title."""
    try:
        return read_task(text, clause.context)
    except NotUnderstood:
        return ask_which(Intent.ADD)


def add_entry(clause: Clause, found: Found) -> Command:
    """Add what `entry` describes."""
    return add_text(clause, found["entry"].text)


def add_event(clause: Clause, found: Found) -> Command | None:
    """Add what someone has at a time: "I have a dentist appointment on friday at 3pm", not "I have a headache"."""
    command = add_text(clause, found["entry"].text)
    return command if command.due is not None or command.repeat is not None else None


def add_on(clause: Clause, found: Found) -> Command | None:
    """Add what takes place at a time: the exam is on dec 4 at 9am."""
    if clause.is_question or begins_like_talk(found["entry"].words):
        return None
    if read_when_or_none(found["when"].text, clause.context) is None:
        return None
    return add_text(clause, f"{named(found['entry'])} {found['when'].text}")


def add_due(clause: Clause, found: Found) -> Command | None:
    """Add what is due: the report is due friday."""
    if clause.is_question or begins_like_talk(found["entry"].words):
        return None
    command = add_text(clause, f"{named(found['entry'])} due {found['when'].text}")
    return command if command.due is not None else None


def add_bare(clause: Clause) -> Command:
    """Read a line in which nothing else was found: a task, or something to ask about."""
    piece = clause.whole()
    if not piece.words:
        return ask(NOTHING)
    if clause.asked or to_assistant(piece.words):
        return Command(Intent.OUT_OF_SCOPE, question=_offer(piece.text))
    if (
        len(piece.words) <= _SHORT
        and may_begin_date(piece)
        and read_when_or_none(piece.text, clause.context) is not None
    ):
        return fragment(clause, piece)
    if piece.words[0] in _LABELS and begins_with_action(piece.words[1:]):
        piece = piece.cut(piece.first + 1, piece.last)
    try:
        command = read_task(piece.text, clause.context)
    except NotUnderstood:
        return fragment(clause, piece)
    told = (command.title or "").casefold().split()[:1] == list(piece.words[:1])
    if told and reports(piece.words) and command.repeat is None:
        done = object_of_past(piece)
        if done is not None:
            return complete_piece(clause, without_trailing_time(done))
    if clause.is_question:
        return ask(_offer(piece.text), target=command.title)
    return command if _is_task(piece, command) else _doubt(piece, command)


def fragment(clause: Clause, piece: Piece) -> Command:
    """Ask what a piece belongs to that is only a date, a rule or a name; what it says is passed on."""
    text = piece.text
    if read_when_or_none(text, clause.context) is not None:
        return ask(f"What is “{text}” for? For example: “add dentist {text}”.", when=text)
    try:
        read_repeat_with_due(text, clause.context)
    except NotUnderstood:
        return ask(NOTHING, target=text or None)
    return ask(f"What should happen “{text}”? For example: “add standup {text}”.", when=text)


def _is_task(piece: Piece, command: Command) -> bool:
    """Tell whether a bare line is a task: an order to oneself, something with a date or tag, or a name of several words."""
    title = command.title or ""
    words = tuple(_WORD.findall(title.casefold()))
    if not words or len(title) > TITLE_LIMIT or is_gibberish(title) or points(words) or title[0] in "#@%":
        return False
    if begins_with_action(words) or begins_with_action(_words_of(piece)):
        return True
    tells = words[0] in _OTHERS and command.due is not None
    if begins_like_talk(words) and not tells:
        return False
    if is_statement(words) and not tells:
        return False
    said = command.due or command.repeat or command.deadline or command.tags or command.reminders or command.priority
    return bool(said) or len(words) > 1


def _words_of(piece: Piece) -> tuple[str, ...]:
    """Return the words from the first one that has letters: a leading emoji or bullet says nothing."""
    words = piece.words
    while words and not words[0][:1].isalnum():
        words = words[1:]
    return words


def _doubt(piece: Piece, command: Command) -> Command:
    title = command.title or piece.text
    if len(title) > TITLE_LIMIT:
        return ask(f"That is too long for a title: at most {TITLE_LIMIT} characters.")
    if begins_like_talk(piece.words) and not command.due:
        return Command(Intent.CHAT)
    return ask(_offer(title), target=title)


def _offer(title: str) -> str:
    short = title if len(title) <= 60 else title[:57] + "…"
    return f"Shall “{short}” become a task? Then say “add {short}”."


ROWS = (
    (
        add_event,
        """
        (i have|i've got|i got|we have|we've got|there is|there's|there will be|i'll have|i will have) <a> {entry}
        """,
    ),
    (add_due, "{entry} is/are due [on|by|at] {when}"),
    (add_on, "{entry} is/are/starts/begins (on|at) {when}"),
    (add_entry, "(put|throw|stick|add|pop|get|drop|write) {entry} (on|onto|to|in) <list>"),
)
