"""A line typed in chat: its clauses in order, each read by the tables, then as a question, then as a task to add."""

from dataclasses import replace

from taskora.domain.errors import Refused
from taskora.nlu.commands.adding import add_asked, asks_to_add
from taskora.nlu.commands.asking import ask_about
from taskora.nlu.commands.bare import read_bare
from taskora.nlu.commands.clause import Clause
from taskora.nlu.commands.dating import is_dated, is_detail
from taskora.nlu.commands.grammar import ANSWERS, COMMANDS, EVENTS, GUARD, PAIRS, REQUESTS
from taskora.nlu.commands.joining import continued, spread
from taskora.nlu.commands.naming import is_pronoun
from taskora.nlu.commands.questions import NOTHING, ask
from taskora.nlu.commands.splitting import Cut, Judge, cuts, may_be_cut
from taskora.nlu.leads import lead_at
from taskora.nlu.reading import Command, Context, Intent, Reading, Span
from taskora.nlu.verbs import ACTIONS
from taskora.nlu.wordlists import word_set

_SHORT = 14
_BOTH = 2
_LONG_LEAD = 4
_TALK = frozenset({Intent.CHAT, Intent.CANCEL, Intent.CONFIRM})
_MOVING = frozenset({("move",), ("push",), ("shift",), ("reschedule",), ("postpone",)})
_ONCE = frozenset({Intent.DELETE, Intent.RESTORE, Intent.COMPLETE, Intent.REOPEN})
_QUESTION_WORDS = word_set("what what's whats who who's why how how's hows where when which whose is are")
_NEEDS = frozenset(("need", "have", "must", "should", "gotta", "want", "wanna"))
_NEGATIONS = frozenset(("no", "nah", "nope"))
_PAUSING = frozenset((",", "wait", "sorry", "actually"))
_VOCATIVES = word_set("mate buddy bro dude man legend pal friend bot taskora")
_MARKS = frozenset(".,!?…;:")


def read(text: str, context: Context) -> Reading:
    """Return the commands of a line, at least one."""
    whole = Clause.of(text, context)
    may_cut = may_be_cut(whole.tokens)
    said = range(whole.first, whole.last)
    at_once = _answer(whole, range(len(whole.tokens))) or GUARD.read(whole, said) if may_cut else None
    if at_once is not None:
        return Reading(text, (replace(at_once, text=text),), _spans(whole, at_once))
    commands: list[Command] = []
    spans: list[Span] = []
    clauses = _clauses(whole) if may_cut else [(Cut(0, len(text)), whole)]
    for cut, clause in clauses:
        if len(clauses) > 1 and _is_heading(cut, clause):
            continue
        several = _commands(clause)
        for command in several:
            if commands and _says_again(command, commands[-1]):
                continue
            told = continued(command, commands[-1] if commands else None, clause, item=cut.line)
            own = told.text or told.target or "" if len(several) > 1 else clause.text.strip()
            commands.append(told if told.text == own else replace(told, text=own))
        spans += _spans(clause, commands[-1])
    return Reading(text, tuple(_without_talk(commands)) or (ask(NOTHING),), tuple(spans))


def _says_again(command: Command, previous: Command) -> bool:
    """Tell whether a command only repeats the one before it: "we don't need milk any more, delete it"."""
    again = command.intent is previous.intent and command.intent in _ONCE
    return again and command.target is not None and is_pronoun(command.target)


def _without_talk(commands: list[Command]) -> list[Command]:
    """Drop what only surrounds a command: "what can wait? show low priority"."""
    acting = [command for command in commands if command.intent not in {Intent.CHAT, Intent.OUT_OF_SCOPE}]
    return acting or commands[:1]


def _clauses(whole: Clause) -> list[tuple[Cut, Clause]]:
    """Return the clauses of a line with where they stand."""
    text, context = whole.text, whole.context
    judge = Judge(
        lambda piece: _is_command(Clause.of(piece, context)),
        lambda piece: is_dated(piece, context),
        lambda piece: is_detail(piece, context),
        lambda piece: _acts(Clause.of(piece, context)),
    )
    found = cuts(whole.text, judge)
    if len(found) == 1 and found[0].end - found[0].start == len(text):
        return [(found[0], whole)]
    return [(cut, Clause.of(text[cut.start : cut.end], context, cut.start)) for cut in found]


def _commands(clause: Clause) -> tuple[Command, ...]:
    moves = _moves(clause)
    if moves:
        return moves
    if "and" in clause.tokens.words and not {"off", "from"}.isdisjoint(clause.tokens.words):
        pair = PAIRS.read(clause, range(clause.first, clause.last))
        if pair is not None:
            return pair
    return spread(read_clause(clause))


def _moves(clause: Clause) -> tuple[Command, ...]:
    """Read a verb said once for two tasks: move yoga to thursday and piano to friday."""
    words = clause.tokens.words[clause.first : clause.last]
    if words[:1] not in _MOVING or words.count("and") != 1 or words.count("to") < _BOTH:
        return ()
    at = clause.first + words.index("and")
    if not clause.first < at < clause.last - 1:
        return ()
    texts = (
        clause.tokens.slice(clause.first, at),
        f"{clause.tokens[clause.first].text} {clause.tokens.slice(at + 1, clause.last)}",
    )
    try:
        both = [explicit(Clause.of(text, clause.context, clause.offset)) for text in texts]
    except Refused:
        return ()
    moved = tuple(one for one in both if one is not None and one.changes is not None and one.changes.due is not None)
    return moved if len(moved) == _BOTH else ()


def _is_command(clause: Clause) -> bool:
    """Tell whether a piece of a line is a command by itself."""
    try:
        command = explicit(clause)
        if command is None and clause.last > clause.first:
            command = ask_about(clause, clause.whole())
    except Refused:
        return True
    return command.intent not in _TALK if command is not None else asks_to_add(clause)


def _acts(clause: Clause) -> bool:
    """Tell whether a piece of a line is a command on a task that is there: cancel physio."""
    try:
        command = explicit(clause)
    except Refused:
        return False
    return command is not None and command.target is not None and command.intent is not Intent.LIST


def _is_heading(cut: Cut, clause: Clause) -> bool:
    """Tell whether a line only announces the list below it: "add:", "todo", "groceries:"."""
    words = clause.tokens.words
    return cut.line and (words[-1:] == (":",) or words in {("add",), ("todo",), ("tasks",), ("add", "these")})


def _spans(clause: Clause, command: Command) -> tuple[Span, ...]:
    """Return what was taken out of a clause: of a new task all but its title, else the whole."""
    if command.intent is Intent.ADD:
        return tuple(clause.taken)
    if not clause.text:
        return ()
    return (Span(clause.offset, clause.offset + len(clause.text), "command"),)


def read_clause(clause: Clause) -> Command:
    """Return the command of one clause; what cannot be is asked about with its reason."""
    try:
        return explicit(clause) or _correction(clause) or _read_rest(clause)
    except Refused as error:
        return ask(error.sentence)


def _correction(clause: Clause) -> Command | None:
    """Read "no, …": a command behind it counts; what is no command corrects something and is never a new task."""
    behind = _behind_no(clause.tokens.words)
    if not behind:
        return None
    start = clause.tokens[behind].start
    rest = Clause.of(clause.text[start:], clause.context, clause.offset + start)
    command = explicit(rest) or add_asked(rest)
    if command is not None and command.intent in _TALK and clause.tokens.words[0] != "no":
        return command
    return command or ask(
        f"What should “{rest.text.strip()}” change? For example: “move dentist to friday”.", target=rest.text
    )


def _behind_no(words: tuple[str, ...]) -> int:
    """Return where words go on behind "no," or "no wait,", 0 where they do not begin so."""
    if words[:1] == () or words[0] not in _NEGATIONS:
        return 0
    end = next((i for i, word in enumerate(words) if word not in _NEGATIONS and word not in _PAUSING), len(words))
    return end if end < len(words) and not _PAUSING.isdisjoint(words[1:end]) else 0


def explicit(clause: Clause) -> Command | None:
    """Return the command that the tables find in a clause."""
    said = range(clause.first, clause.last)
    answer = _answer(clause, range(len(clause.tokens))) or (
        _answer(clause, said) if len(said) < len(clause.tokens) else None
    )
    if answer is not None:
        return answer
    guarded = GUARD.read(clause, said)
    if guarded is not None or _leads_to_action(clause):
        return guarded
    return COMMANDS.read(clause, said, by_end=not asks_to_add(clause))


def _leads_to_action(clause: Clause) -> bool:
    """Tell whether a clause asks for a reminder to do something: set a reminder to feed the fish at eight."""
    lead = lead_at(clause.tokens, 0)
    if lead is None or not lead.value or lead.end - clause.first < _LONG_LEAD:
        return False
    return clause.tokens.word(lead.end - 1) == "to" and clause.tokens.word(lead.end) in ACTIONS


def _answer(clause: Clause, places: range) -> Command | None:
    """Look up a short line whose punctuation says nothing."""
    if len(places) > _SHORT:
        return None
    words = clause.tokens.words
    said = [i for i in places if words[i] not in _MARKS] or list(places)
    if len(said) > 1 and words[said[-1]] in _VOCATIVES:
        said = said[:-1]
    return ANSWERS.read(clause, said)


def _read_rest(clause: Clause) -> Command:
    piece = clause.whole()
    if piece.words:
        listed = ask_about(clause, piece)
        if listed is not None:
            return listed
        request = REQUESTS.read(clause, range(clause.first, clause.last))
        if request is not None:
            return request
    moved = _needed_move(clause)
    if moved is not None:
        return moved
    added = EVENTS.read(clause, range(clause.first, clause.last)) or add_asked(clause)
    if added is not None:
        return added
    if piece.words and _asks(piece.words):
        return Command(Intent.OUT_OF_SCOPE)
    return read_bare(clause)


def _needed_move(clause: Clause) -> Command | None:
    """Read "I need to move the dentist to friday", which moves a task and adds none."""
    lead = lead_at(clause.tokens, 0)
    if lead is None or not lead.value or _NEEDS.isdisjoint(clause.tokens.words[: lead.end]):
        return None
    command = COMMANDS.read(clause, range(lead.end, clause.last))
    moves = command is not None and command.changes is not None and (command.changes.due or "shift" in command.words)
    return command if moves else None


def _asks(words: tuple[str, ...]) -> bool:
    return words[0] in _QUESTION_WORDS
