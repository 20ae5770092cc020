"""The door of `nlu`: what people type becomes commands, and the pieces of forms (when, repeat, period) become values.

Nothing else of this package is called from outside, apart from `targets`, which compares words with titles. Pure: the moment
and the preferences come in as a Context.
"""

from taskora.domain.errors import NotUnderstood
from taskora.domain.series import Repeat
from taskora.nlu.commands.line import read
from taskora.nlu.filters.grammar import read_filter
from taskora.nlu.reading import Context, Filter, Reading
from taskora.nlu.rule_words import read_repeat_with_due
from taskora.nlu.task_entry import read_task
from taskora.nlu.tokens import tokenise
from taskora.nlu.when_entry import read_when

__all__ = ["read_line", "read_period", "read_repeat", "read_task", "read_when"]


def read_line(text: str, context: Context) -> Reading:
    """Return what a line typed in chat asks for: at least one command, CLARIFY where it cannot be understood."""
    return read(text, context)


def read_repeat(words: str, context: Context) -> Repeat:
    """Return the series that words describe, its rules starting at their first date.

    Raises NotUnderstood for words that are no rule, InvalidField for dates that cannot be.
    """
    return read_repeat_with_due(words, context).repeat


def read_period(words: str, context: Context) -> Filter:
    """Return the filter that words describe: "this week", "overdue", "next 5 days", "high priority before friday".

    Raises NotUnderstood for words that say nothing about which tasks are meant, InvalidField for dates that cannot be.
    """
    tokens = tokenise(words, context.preferences.locale)
    sought = read_filter(tokens, 0, len(tokens), context)
    if sought.unknown or not sought.says_which:
        raise NotUnderstood(
            f"“{words.strip()[:80]}” is no period that I know.",
            advice='Say it as "today", "this week", "next 5 days", "before december 1" or "overdue".',
            field="when",
        )
    return sought.filter
