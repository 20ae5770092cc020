"""Questions about tasks and orders to show them: what's due this week, anything urgent?, show my @errands tasks."""

from taskora.domain.task import Status
from taskora.nlu.commands.clause import Clause, Found, Piece
from taskora.nlu.commands.naming import named
from taskora.nlu.dates.grammar import date_at
from taskora.nlu.filters.grammar import Sought, read_filter
from taskora.nlu.filters.words import FILLERS
from taskora.nlu.reading import Command, Filter, Intent
from taskora.nlu.wordlists import word_set

_SHOWING = word_set("show list display shw hsow shwo")
_LOOKING = word_set(
    "count total tally sort order view see print get give check review open pull bring read tell fetch filter"
)
_SEARCHING = word_set("find search lookup locate look")
_QUESTION = word_set(
    "where's how's hows wat's wats whts what what's whats which when when's whens how do does did is are am have has any "
    "anything was were will should who where wat whats'"
)
_ABOUT = 2
_TELLING = {("remind", "me"), ("tell", "me"), ("let", "me"), ("show", "me")}
_TOLD = {("me",), ("us",)}
_NOUN_FIRST = word_set(
    "only my the all every everything any anything overdue tasks task todo todos to agenda schedule today's "
    "tomorrow's this completed done finished open pending upcoming due high low medium urgent p priority undated "
    "outstanding remaining incomplete deadlines reminders late items list next unfinished yesterday's recurring "
    "top recently newest oldest latest stuff things chores errands untagged "
    "important critical tonight's friday's monday's tuesday's wednesday's thursday's saturday's sunday's"
)
_SPEAKS_OF_DOING = word_set(
    "do have got need next left plan plans up on free busy schedule now planned first tackle work"
)
_TO_THE_ASSISTANT = word_set("you your yourself u ur you're")
_FINISHING = word_set(
    "finish complete do accomplish achieve close done finished completed accomplished closed get got tick check"
)
_NEW = word_set("a an new some another good better cheap")
_FOR_THE_TEXT = word_set("for up about")


def ask_about(clause: Clause, piece: Piece) -> Command | None:
    """Return the list that a piece asks for, None when it asks for something else."""
    if piece.words[:2] in _TELLING and piece.words[2:3] and piece.words[2] in _QUESTION:
        piece = piece.cut(piece.first + 2, piece.last)
    if piece.words[0] == "only" and not _SHOWING.isdisjoint(piece.words[1:2]):
        piece = piece.cut(piece.first + 1, piece.last)
    words = piece.words
    first = words[0]
    if first in _SHOWING or first in _LOOKING or first in _SEARCHING:
        return _ordered(piece) if first != "tell" or words[1:2] in _TOLD else None
    if first not in _QUESTION and first not in _NOUN_FIRST and not clause.is_question:
        return None
    if words[:2] in {("what", "about"), ("how", "about")} and len(words) > _ABOUT:
        piece = piece.cut(piece.first + _ABOUT, piece.last)
    sought = _sought(piece)
    ones = first == "only" or (first in _NOUN_FIRST and words[-1] == "ones")
    if ones and sought.says_which and not sought.unknown:
        return sought.of(Command(Intent.LIST))
    if first in _QUESTION or clause.is_question:
        return _questioned(piece, sought)
    alone = _stands_alone(words) or (first == "next" and sought.bounds is not None and words[1].isdecimal())
    if first in _NOUN_FIRST and not sought.unknown and (sought.noun or alone or sought.filter.sort is not None):
        return sought.of(Command(Intent.LIST))
    return None


def on_list(_clause: Clause, found: Found) -> Command | None:
    """Answer whether or when: is milk on my list, when is the dentist, is the report done."""
    piece = found["text"]
    date = date_at(piece.clause.tokens, piece.first)
    text = named(piece)
    if (
        text is None
        or piece.words[0] == "it"
        or FILLERS.issuperset(piece.words)
        or (date is not None and date.end == piece.last)
    ):
        return None
    return Command(Intent.LIST, target=text, filter=Filter(text=text))


def was_done(_clause: Clause, found: Found) -> Command | None:
    """Answer whether something was completed: did I finish the report."""
    sought = read_filter(
        found["text"].clause.tokens, found["text"].first, found["text"].last, found["text"].clause.context
    )
    if not sought.unknown or sought.noun:
        return None
    return Command(Intent.LIST, target=sought.unknown, filter=Filter(text=sought.unknown, status=Status.COMPLETED))


def _sought(piece: Piece) -> Sought:
    words = piece.words
    status = Status.COMPLETED if _asks_for_completed(words) else None
    return read_filter(piece.clause.tokens, piece.first, piece.last, piece.clause.context, status=status)


def _asks_for_completed(words: tuple[str, ...]) -> bool:
    """Tell whether what was done is asked for: what did I finish yesterday, what have we completed."""
    for i in range(len(words) - 2):
        if words[i] in {"did", "have", "i've", "i"} and words[i + 1] in {"i", "we", "already", "just"}:
            after = [word for word in words[i + 2 : i + 5] if word not in {"already", "just", "actually", "get"}]
            done = words[i] == "did" and after[:1] != ["add"] and after[:1] != ["have"]
            return (
                bool(after)
                and after[0] in _FINISHING
                and (done or after[0] in {"done", "finished", "completed", "closed"})
            )
    return False


def _ordered(piece: Piece) -> Command | None:
    """Read show, see, find and the like: some of them also begin tasks (see the dentist, list the sofa on ebay)."""
    first, rest = piece.words[0], piece.cut(piece.first + 1, piece.last)
    me = rest.words[:1] == ("me",)
    if first in _SEARCHING:
        return _searched(rest)
    sought = _sought(piece if first in {"sort", "order"} else rest)
    if not sought.unknown:
        shows = first in _SHOWING or sought.noun or (me and sought.says_which) or sought.filter.sort is not None
        return sought.of(Command(Intent.LIST)) if shows else None
    words = len(sought.unknown.split())
    if sought.noun or (first == "show" and (me or words == 1)) or first == "display":
        return sought.of(Command(Intent.LIST))
    return None


def _searched(rest: Piece) -> Command | None:
    """Read what is searched for: passport, for passport, tasks about passport; "find a plumber" is a task."""
    first = rest.first
    words = rest.clause.tokens.words
    looks = words[first - 1] == "look"
    while first < rest.last and (words[first] in _FOR_THE_TEXT or words[first] == "me"):
        first += 1
    rest = rest.cut(first, rest.last)
    if not rest.words or rest.words[0] in _NEW or rest.words[0] == "out" or rest.words[0].isdecimal():
        return None
    sought = _sought(rest)
    if (looks or not (sought.unknown or sought.says_which)) and not sought.noun:
        return None
    if sought.bounds is not None and sought.unknown and sought.first_unknown > rest.first and not sought.noun:
        return None  # find August Wilson plays
    return sought.of(Command(Intent.LIST))


def _questioned(piece: Piece, sought: Sought) -> Command | None:
    words = piece.words
    if not _TO_THE_ASSISTANT.isdisjoint(words) and not sought.noun:
        return None
    if sought.unknown:
        owns = words[:2] in {("do", "i"), ("have", "i"), ("do", "we")} or words[0] == "any"
        return sought.of(Command(Intent.LIST)) if sought.noun or owns else None
    if sought.noun or sought.says_which or sought.unable:
        return sought.of(Command(Intent.LIST))
    speaks = not _SPEAKS_OF_DOING.isdisjoint(words[1:]) or words[0] in {"anything", "any"}
    return sought.of(Command(Intent.LIST)) if speaks and words[0] in _QUESTION - {"how", "who", "where"} else None


def _stands_alone(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and words[0] in {"overdue", "agenda", "undated", "tasks", "todos", "upcoming", "untagged"}


ROWS = (
    (
        on_list,
        """
        is/are {text} [already|still] (on|in) <list>
        is/are there {text} (on|in) <list>
        do/have i/we [already] have/got {text} (on|in) <list>
        (have i|did i|did we|have we) [already|ever] (add|added|put|create|created|have|note|noted) {text} [(to| \
            on|in) <list>]
        when is/are {text} [due|happening|scheduled|planned|again|supposed to be]
        when am/are i/we {text}
        what time am/are/do i/we {text}
        when's/whens {text} [due|happening|scheduled|planned|again]
        when do/must/should/did i/we [have|need] [to] [do|go to|have|pay|finish|be at|get] {text} [due|by|again]
        (what is|what's|whats) [the] (due date|deadline|status|priority|date|time|due) (of|for|on) {text}
        what (time|day|date) is {text} [due|at|on|again|scheduled|happening]
        is/are {text} [still|already] (done|finished|complete|completed|due|overdue|open|pending|scheduled) [yet| \
            already|now]
        how [much time|many days|long] (until|till|before) {text} [is due]
        (show|open|display|view|see) [me] [the] (details|detail|info|information) (of|for|about|on) {text}
        """,
    ),
    (
        was_done,
        """
        did/have i/we [already|actually|just] finish/finished/complete/completed/do/done {text} [yet|already]
        did/have i/we [already|actually|just] pay/paid/call/called/send/sent {text} [yet|already]
        """,
    ),
)
