"""A line without any words of command: a task ("pay rent on friday"), or something to ask about.

What only looks like a task is never added: a fragment, small talk, an order to the assistant itself.
"""

import re

from taskora.domain.errors import NotUnderstood
from taskora.domain.task import TITLE_LIMIT
from taskora.nlu.commands.actions import begins_with_action, object_of_past, reports
from taskora.nlu.commands.clause import Clause, Piece
from taskora.nlu.commands.completing import complete_piece
from taskora.nlu.commands.dating import may_begin_date, read_when_or_none, without_trailing_time
from taskora.nlu.commands.questions import NOTHING, ask
from taskora.nlu.commands.sentences import begins_like_talk, is_gibberish, is_statement, points, to_assistant
from taskora.nlu.reading import Command, Intent
from taskora.nlu.rule_words import read_repeat_with_due
from taskora.nlu.salutations import after_salutation
from taskora.nlu.task_entry import read_task_with_spans
from taskora.nlu.wordlists import word_set

_SHORT = 12
_LABELS = frozenset(("todo", "task", "reminder"))
_ITS = frozenset(("it", "that", "this", "them", "those", "these"))
_COMMANDING = word_set("push move make change set mark delay postpone bump shift rename tag snooze skip put bring")
_SHORT_ORDER = 5
_CONDITIONS = word_set("if when once unless because since before after while as although")
_OTHERS = frozenset(("we", "he", "she", "they"))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def read_bare(clause: Clause) -> Command:
    """Read a line in which nothing else was found."""
    piece = clause.whole()
    if not piece.words:
        return ask(NOTHING)
    if clause.asked or to_assistant(piece.words):
        return Command(Intent.OUT_OF_SCOPE, question=_offer(piece.text))
    return _pointer(piece) or _task_or_report(clause, piece)


def _pointer(piece: Piece) -> Command | None:
    """Ask which task "the first one" or "#2" is; a bare number may be an hour as well."""
    if not points(piece.words):
        return None
    number = piece.text if piece.words[-1].isdecimal() else None
    return ask(f"Which task do you mean by “{piece.text}”?", target=piece.text, when=number)


def _date_alone(clause: Clause, piece: Piece) -> Command | None:
    """Ask what a line belongs to that is only a date."""
    if len(piece.words) > _SHORT or not may_begin_date(piece):
        return None
    return fragment(clause, piece) if read_when_or_none(piece.text, clause.context) is not None else None


def _task_or_report(clause: Clause, piece: Piece) -> Command:
    if piece.words[0] in _LABELS and begins_with_action(piece.words[1:]):
        piece = piece.cut(piece.first + 1, piece.last)
    try:
        command, spans = read_task_with_spans(piece.text, clause.context)
    except NotUnderstood:
        return fragment(clause, piece)
    if command.left and command.due is None and (alone := _date_alone(clause, piece)) is not None:
        return alone
    clause.take(piece.start, spans)
    told = (command.title or "").casefold().split()[:1] == list(piece.words[:1])
    if told and reports(piece.words) and command.repeat is None:
        done = object_of_past(piece)
        if done is not None:
            return complete_piece(without_trailing_time(done))
    if clause.is_question and not after_salutation(clause.tokens.words):
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
    said = command.due or command.repeat or command.deadline or command.tags or command.reminders or command.priority
    tells = words[0] in _OTHERS and command.due is not None
    if len(words) > 1 and words[1] in _ITS and words[0] in _COMMANDING and len(words) <= _SHORT_ORDER:
        return False
    states = not tells and is_statement(words)
    if states or not (said or len(words) > 1):
        return begins_with_action(words) or begins_with_action(_words_of(piece)) or _orders_behind_comma(words, title)
    return True


def _orders_behind_comma(words: tuple[str, ...], title: str) -> bool:
    """Tell whether an order follows a condition: if it doesn't rain, wash the car."""
    order = tuple(_WORD.findall(title.casefold().partition(",")[2]))
    return words[0] in _CONDITIONS and bool(order) and begins_with_action(order)


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
