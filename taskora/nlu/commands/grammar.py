"""All tables of phrases, in the order in which they are tried: what is more particular comes first."""

from taskora.nlu.commands import (
    adding,
    answers,
    asking,
    clearing,
    completing,
    deleting,
    moving,
    noting,
    pairs,
    prioritising,
    reminding,
    renaming,
    repeating,
    requests,
    series,
    settings,
    tagging,
)
from taskora.nlu.commands.book import Book
from taskora.nlu.commands.vocabulary import SETS

ANSWERS = Book(answers.ROWS, SETS)
"""Whole lines that name no task: yes, no, undo, help, hello."""

COMMANDS = Book(
    (
        *settings.ROWS,
        *noting.ROWS,
        *reminding.ROWS,
        *series.ROWS,
        *tagging.ROWS,
        *clearing.ROWS,
        *repeating.ROWS,
        *prioritising.ROWS,
        *asking.ROWS,
        *moving.ROWS,
        *renaming.ROWS,
        *completing.ROWS,
        *deleting.ROWS,
        *renaming.LAST_ROWS,
    ),
    SETS,
)
"""Phrases that act on tasks that are there, or ask about them."""

REQUESTS = Book(requests.ROWS, SETS)
"""What a task manager is asked for and cannot do."""

PAIRS = Book(pairs.ROWS, SETS)
"""Sentences that add and delete at once."""

GUARD = Book(requests.GUARD_ROWS, SETS)
"""Orders to the assistant about itself; asked before all others."""

EVENTS = Book(adding.ROWS, SETS)
"""Sentences that tell of something to come: I have a dentist appointment on friday."""
