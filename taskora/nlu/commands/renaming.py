"""Renaming: rename dentist to orthodontist, change the title of X to Y, replace milk with oat milk."""

from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.commands.naming import named
from taskora.nlu.commands.questions import ask
from taskora.nlu.reading import Changes, Command, Intent
from taskora.nlu.tokens import TokenKind

_QUOTES = "\"'“”‘’`«»"


def rename(_clause: Clause, found: Found) -> Command | None:
    """Give the task `target` the title `title`."""
    title = found["title"].text.strip().strip(_QUOTES).strip()
    if not title:
        return None
    return Command(Intent.UPDATE, target=named(found["target"]), changes=Changes(title=title))


def rename_quoted(clause: Clause, found: Found) -> Command | None:
    """Give the title in quotes at the end to the task before it: call the dentist task "tooth doctor" instead."""
    rest = found["rest"]
    if clause.tokens[rest.last - 1].kind is not TokenKind.QUOTED or rest.last - rest.first < 2:
        return None
    title = clause.tokens[rest.last - 1].text[1:-1].strip()
    target = named(rest.cut(rest.first, rest.last - 1))
    return Command(Intent.UPDATE, target=target, changes=Changes(title=title)) if title and target else None


def rename_or_ask(_clause: Clause, found: Found) -> Command:
    """Ask for the new title: rename dentist."""
    target = named(found["target"])
    return ask(f"What should “{target or 'it'}” be called?", target=target)


ROWS = (
    (
        rename,
        """
        rename/retitle/relabel/reword {target} (to|as|into|:) {title}
        rename/retitle/reword {target} - > {title}
        change/set/update/edit/make [the] title/name/text/wording/description (of|for|on) {target} (to|as|into|:| \
            to say|to read) {title}
        change/set/update/edit {target} title/name (to|as) {title}
        change/edit/update {target} to (say|read) {title}
        call/name {target:pronoun} {title}
        """,
    ),
    (rename_quoted, "call/rename/retitle {rest} [instead]"),
    (rename_or_ask, "rename/retitle/reword {target}"),
)

LAST_ROWS = (
    (
        rename,
        "change/edit/update/correct {target} (to|into) {title}\nreplace/substitute {target} (with|by|for) {title}",
    ),
)
"""Tried after dates and priorities: change milk to oat milk."""
