"""A line typed in chat: its clauses in order, each read by the tables, then as a question, then as a task to add."""

from dataclasses import replace

from taskora.domain.errors import Refused
from taskora.nlu.commands.adding import add_asked, add_bare
from taskora.nlu.commands.asking import ask_about
from taskora.nlu.commands.clause import Clause
from taskora.nlu.commands.grammar import ANSWERS, COMMANDS, EVENTS, REQUESTS
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
    tokens = clause.tokens
    if len(tokens) <= _SHORT:
        words = [i for i in range(len(tokens)) if tokens.words[i] not in _MARKS] or list(range(len(tokens)))
        answer = ANSWERS.read(clause, words)
        if answer is not None:
            return answer
    return COMMANDS.read(clause, range(clause.first, clause.last))


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
