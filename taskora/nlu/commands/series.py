"""What is done to one date of a series or to the series: skip, snooze, stop repeating."""

from taskora.nlu.commands.clause import Clause, Found, Piece
from taskora.nlu.commands.dating import read_when_or_none, without_leading_day, without_trailing_time
from taskora.nlu.commands.naming import named
from taskora.nlu.commands.questions import ask_which
from taskora.nlu.reading import Command, Intent
from taskora.nlu.rules.vocabulary import ADJECTIVES
from taskora.nlu.wordlists import word_set

_ARTICLES = word_set("the my a an")
_REPEATING = frozenset(ADJECTIVES) | word_set("recurring repeating annual")


def skip(_clause: Clause, found: Found) -> Command:
    """Skip the present date of `target`: skip tomorrow's standup, skip the next gym."""
    target = named(without_trailing_time(without_leading_day(found["target"])))
    return Command(Intent.SKIP, target=target) if target else ask_which(Intent.SKIP)


def skip_it(_clause: Clause, _found: Found) -> Command:
    """Skip the task of the conversation."""
    return Command(Intent.SKIP)


def snooze(clause: Clause, found: Found) -> Command | None:
    """Put off the reminder of `target`, or of the task of the conversation, by or until `when`."""
    target = named(found["target"]) if "target" in found else None
    when = found.get("when")
    if when is None:
        return Command(Intent.SNOOZE, target=target)
    read = read_when_or_none(when.text, clause.context) or read_when_or_none(f"in {when.text}", clause.context)
    if read is None:
        return None
    return Command(Intent.SNOOZE, target=target, due=read.due, words={"when": when.text}, assumptions=read.assumptions)


def snooze_split(_clause: Clause, found: Found) -> Command | None:
    """Part "bins 20 min" of "snooze bins 20 min"."""
    rest = found["rest"]
    for i in range(rest.first + 1, rest.last):
        when = rest.cut(i, rest.last).text
        read = read_when_or_none(when, rest.clause.context) or read_when_or_none(f"in {when}", rest.clause.context)
        if read is not None and read.due is not None:
            target = named(rest.cut(rest.first, i))
            return Command(
                Intent.SNOOZE, target=target, due=read.due, words={"when": when}, assumptions=read.assumptions
            )
    return None


def stop(_clause: Clause, found: Found) -> Command:
    """Stop the series of `target`."""
    return Command(Intent.STOP_SERIES, target=named(_without_adjective(found["target"])))


def stop_if_series(clause: Clause, found: Found) -> Command | None:
    """Stop "the daily standup"; "stop smoking" is a task."""
    return stop(clause, found) if _without_adjective(found["target"]) != found["target"] else None


def _without_adjective(piece: Piece) -> Piece:
    words, first = piece.clause.tokens.words, piece.first
    while piece.last - first > 1 and (words[first] in _ARTICLES or words[first] in _REPEATING):
        first += 1
    said = _REPEATING.intersection(words[piece.first : first])
    return piece.cut(first, piece.last) if said else piece


ROWS = (
    (
        skip,
        """
        leave out [the] next {target}
        skip/pass [on] {target} [this time|once|just once|for now|this once|again]
        (i'm|im|i am|we're|we are) skipping {target}
        (skip|leave out) [the|this|today's] (next occurrence|occurrence|next one|next instance|next date) of {target}
        """,
    ),
    (skip_it, "skip\nskip it [this time|once|again]\nskip this/that [one]\nskip (the next one|today|this time)"),
    (
        snooze,
        """
        snooze/snoze/snoose [it|this|that|me|the reminder] [for|by|until|till|to] {when}
        snooze/snoze/snoose {target} (for|by|until|till|to|another) {when}
        remind me [about it|of it|about this] again [in|at|on] {when}
        remind me [about it|of it|about this] (later|again later|again|in a bit|in a while)
        (ask|nudge|ping|tell) me again (in|at|on) {when}
        """,
    ),
    (snooze_split, "snooze/snoze/snoose {rest}"),
    (snooze, "snooze/snoze/snoose {target}"),
    (snooze, "snooze\nsnooze it/this/that\nlater\nremind me later\nnot now [,] remind me later"),
    (
        stop,
        """
        stop/quit/end/cancel/finish [the] series [of|for|:] {target}
        stop/quit/end/cancel/disable (repeating|recurring|the recurring|the repeating|the repetition of|the \
            repeat of|the recurrence of|repeat of|the series of|the series for) {target}
        stop {target} (from repeating|repeating|recurring|from recurring)
        make/set/let/have {target} (not repeat|not recurring|non recurring|non - recurring|non - repeating| \
            nonrecurring|stop repeating|one - time|one - off|one time|a one - time task|a one - off|happen only \
            once|not repeat anymore)
        make/turn {target} [into] (a|an) (one time|one - time|one off|one - off) (thing|event|task|one)
        (don't|dont|do not|no longer|never) repeat {target} [anymore|any more|again|any longer]
        stop/end/cancel/delete/remove/kill [the|all] {target} <series>
        cancel/delete/stop/remove/end [all] [the] (future|upcoming|remaining|further|following) [occurrences of| \
            instances of|repeats of] {target}
        cancel/delete/stop/remove [all] [the] occurrences/instances/repeats of {target}
        no more (recurring|repeating|daily|weekly|monthly) {target}
        {target} <not> repeat/recur [anymore|any more|again]
        {target} (is no longer|is not|isn't) recurring/repeating [anymore]
        (turn off|switch off|disable|remove|clear|delete|drop) [the] <series> (for|of|on|from) {target}
        delete {target} and all future [ones|occurrences|tasks]
        delete this and [all] future {target}
        """,
    ),
    (stop_if_series, "stop/end/quit {target}"),
)
