"""A line typed in chat: its clauses in order, each read by the tables, then as a question, then as a task to add."""

from dataclasses import replace

from taskora.domain.errors import Refused
from taskora.nlu.commands.adding import add_asked, add_bare
from taskora.nlu.commands.asking import ask_about
from taskora.nlu.commands.clause import Clause
from taskora.nlu.commands.grammar import ANSWERS, COMMANDS, EVENTS, GUARD, REQUESTS
from taskora.nlu.commands.questions import ask
from taskora.nlu.reading import Command, Context, Intent, Reading

_SHORT = 14
_MARKS = frozenset(".,!?…;:")


def read(text: str, context: Context) -> Reading:
    """Return the commands of a line, at least one."""
    clause = Clause.of(text, context)
    command = read_clause(clause)
    return Reading(text, (replace(command, text=text),))


def read_clause(clause: Clause) -> Command:
    """Return the command of one clause; what cannot be is asked about with its reason."""
    try:
        return explicit(clause) or _read_rest(clause)
    except Refused as error:
        return ask(error.sentence)


def explicit(clause: Clause) -> Command | None:
    """Return the command that the tables find in a clause."""
    said = range(clause.first, clause.last)
    answer = _answer(clause, range(len(clause.tokens))) or (_answer(clause, said) if clause.first > 0 else None)
    return answer or GUARD.read(clause, said) or COMMANDS.read(clause, said)


def _answer(clause: Clause, places: range) -> Command | None:
    """Look up a short line whose punctuation says nothing."""
    if len(places) > _SHORT:
        return None
    words = clause.tokens.words
    return ANSWERS.read(clause, [i for i in places if words[i] not in _MARKS] or list(places))


def _read_rest(clause: Clause) -> Command:
    piece = clause.whole()
    if piece.words:
        listed = ask_about(clause, piece)
        if listed is not None:
            return listed
        request = REQUESTS.read(clause, range(clause.first, clause.last))
        if request is not None:
            return request
    added = add_asked(clause) or EVENTS.read(clause, range(clause.first, clause.last))
    if added is not None:
        return added
    if piece.words and (clause.is_question or _asks(piece.words)):
        return Command(Intent.OUT_OF_SCOPE)
    return add_bare(clause)


def _asks(words: tuple[str, ...]) -> bool:
    return words[0] in {
        "what",
        "what's",
        "whats",
        "who",
        "who's",
        "why",
        "how",
        "where",
        "when",
        "which",
        "whose",
        "is",
        "are",
    }
