"""Full-text search: what is indexed of a task, how words that are looked for become a query, and the condition of both systems.

The index is kept by the database itself, in the statement that stores the task: triggers into an FTS5 table on SQLite, a
generated `tsvector` on PostgreSQL. Both get text that was taken apart here, so that the same words are found on both: a word is
a run of letters and digits, without regard to case and accents, and is found by its beginning.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles

WORDS = 20
"""Most words of a text that are looked for."""
HAVING_WORDS = "words_"
"""Begins the name of the condition that so many words are there, with the number of them."""
WORD = "word_"
"""Begins the name of the value of each."""
_LONGEST = 64
"""Letters of a word that count: PostgreSQL takes no lexeme over 2 KB."""
_WORD = re.compile(r"[^\W_]+")
_MARKS = {"Mn", "Me"}


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as the index knows them, in their order."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    folded = plain.casefold()
    if not folded.isascii():
        folded = "".join(letter for letter in folded if unicodedata.category(letter) not in _MARKS)
    return tuple(word[:_LONGEST] for word in _WORD.findall(folded))


def mark_of(user_id: str) -> str:
    """Return what every word of a user's tasks begins with in the index, so that a search passes over those of all others.

    Two users may share it, and then only read more: every list asks whose a task is besides.
    """
    return f"u{blake2b(user_id.encode(), digest_size=6).hexdigest()}x"


def marked(user_id: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return words as the index holds them, each once."""
    mark = mark_of(user_id)
    return tuple(f"{mark}{word}" for word in dict.fromkeys(words))


def query_of(user_id: str, words: tuple[str, ...]) -> dict[str, Any]:
    """Return the values of `Matches`: every word must be there, or one that begins with it, in a task of this user."""
    looked_for = marked(user_id, words)[:WORDS]
    return {
        "words": looked_for,
        "fts5": " AND ".join(f'"{word}"*' for word in looked_for),
        "tsquery": " & ".join(f"{word}:*" for word in looked_for),
    }


def having_words(name: str) -> ColumnElement[bool]:
    """Return the condition of that name (see HAVING_WORDS): a look at the words of a task, without the index."""
    number = int(name.removeprefix(HAVING_WORDS))
    text: ColumnElement[str] = sa.literal_column("tasks_task.search_text")
    return sa.and_(*(sa.func.instr(text, sa.bindparam(f"{WORD}{index}")) > 0 for index in range(number)))


class Matches(ColumnElement[bool]):
    """The condition that a task matches `query_of`."""

    inherit_cache = True
    _traverse_internals = []  # noqa: RUF012  SQLAlchemy's form; without it each statement with this condition is compiled anew
    type = sa.Boolean()
    _is_implicitly_boolean = True  # else SQLite gets "… = 1", which hides the condition from its planner


@compiles(Matches, "sqlite")
def _on_sqlite(_: Matches, compiler: Any, **options: Any) -> str:
    query = compiler.process(sa.bindparam("fts5", type_=sa.String()), **options)
    return (
        "tasks_task.id IN (SELECT tasks_search_row.task_id FROM tasks_search "  # noqa: S608  a bound value
        f"JOIN tasks_search_row ON tasks_search_row.id = tasks_search.rowid WHERE tasks_search MATCH {query})"
    )


@compiles(Matches, "postgresql")
def _on_postgresql(_: Matches, compiler: Any, **options: Any) -> str:
    query = compiler.process(sa.bindparam("tsquery", type_=sa.String()), **options)
    return f"tasks_task.search @@ CAST({query} AS tsquery)"
