"""Giving a task a rule: make standup repeat every weekday, repeat laundry weekly, change the repeat of gym to mondays."""

from taskora.domain.errors import NotUnderstood
from taskora.nlu.commands.bulk import aimed
from taskora.nlu.commands.clause import Clause, Found, Piece
from taskora.nlu.commands.naming import named
from taskora.nlu.commands.questions import ask
from taskora.nlu.reading import Changes, Command, Intent
from taskora.nlu.rule_words import read_repeat_with_due


def repeat(clause: Clause, found: Found) -> Command:
    """Give the task `target` the rule `rule`, or ask how often."""
    command = repeat_changes(clause, found["target"], found["rule"], lenient=True)
    target = named(found["target"])
    return command or ask(
        f"How often should “{target or 'it'}” repeat? For example: “every monday at 9”.", target=target
    )


def repeat_if_rule(clause: Clause, found: Found) -> Command | None:
    """Give a rule where the words are one; else it is something else."""
    return repeat_changes(clause, found["target"], found["rule"])


def repeat_split(clause: Clause, found: Found) -> Command | None:
    """Part "repeat laundry every week" where its rule begins."""
    rest = found["rest"]
    for i in range(rest.first + 1, rest.last):
        command = repeat_changes(clause, rest.cut(rest.first, i), rest.cut(i, rest.last))
        if command is not None:
            return command
    return None


def repeat_changes(clause: Clause, target: Piece | None, rule: Piece, *, lenient: bool = False) -> Command | None:
    """Return the update that sets a rule, None when the words are no rule. Raises InvalidField for impossible dates."""
    try:
        resolved = read_repeat_with_due(rule.text, clause.context, lenient=lenient)
    except NotUnderstood:
        return None
    command = Command(
        Intent.UPDATE,
        changes=Changes(repeat=resolved.repeat, due=resolved.due),
        words={"repeat": rule.text},
        assumptions=resolved.assumptions,
    )
    return aimed(command, target) if target is not None else command


ROWS = (
    (
        repeat,
        """
        change/set/update [the] <series> (of|for|on) {target} to {rule}
        change/set/update {target} <series> to {rule}
        make/set/have/let/change/update {target} [to] [be] repeat/repeats/recur/recurring/repeating/reoccur {rule}
        {target} (should|must|has to|needs to) repeat/recur {rule}
        add [a] <series> to {target} [:] {rule}
        """,
    ),
    (
        repeat_if_rule,
        """
        {target} (now repeats|repeats now|repeats) {rule}
        make/set {target:pronoun} {rule}
        make/set {target:pronoun} [a|an] {rule:adjective} task/todo/reminder/thing
        make {target} {rule:adjective}
        """,
    ),
    (repeat_split, "repeat/recur {rest}"),
)
