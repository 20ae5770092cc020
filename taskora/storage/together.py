"""Statements that end a work: nobody reads what they write before the commit, so PostgreSQL gets all of them at once.

Above: `unit_of_work`. Each way to a server costs more than an insert there. On PostgreSQL the statements become parts of one
(data-modifying WITH, PostgreSQL manual §7.8.4): they see the same state, so none may read or change a row of another's, and
what refers to a row may stand beside the insert of that row. SQLite is in this process and is given them one by one.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Select, TextClause, Update, bindparam, literal_column, select, text
from sqlalchemy.dialects.postgresql.base import PGDialect

Values = Mapping[str, Any]
Rows = tuple[Insert, Sequence[Values]]
"""An insert with its rows."""
_NAMED = PGDialect(paramstyle="named")  # type: ignore[no-untyped-call]  # SQLAlchemy left its constructor untyped
_CAST = re.compile(r":(\w+)::\w+")
_ROWS = 20
"""Of an insert with more rows no such statement is built: there would be one for each number of rows."""


def run(connection: Connection, inserts: Sequence[Rows], update: tuple[Update, Values] | None = None) -> None:
    """Run inserts, and perhaps an update with the values of its own parameters."""
    at_once = connection.dialect.name == "postgresql"
    few = [(insert, rows) for insert, rows in inserts if at_once and len(rows) <= _ROWS]
    for insert, rows in inserts:
        if not at_once or len(rows) > _ROWS:
            connection.execute(insert, list(rows))
    if not few:
        if update is not None:
            connection.execute(*update)
        return
    shape = tuple((insert, len(rows), tuple(rows[0])) for insert, rows in few)
    values = {
        f"part_{part}_{row}_{name}": value
        for part, (_, rows) in enumerate(few)
        for row, given in enumerate(rows)
        for name, value in given.items()
    }
    if update is None:
        connection.execute(_one(shape, None), values)
    else:
        connection.execute(_one(shape, update[0]), {**values, **update[1]})


@lru_cache(maxsize=512)
def _one(shape: tuple[tuple[Insert, int, tuple[str, ...]], ...], update: Update | None) -> TextClause:
    """Return the statement for so many rows of such columns of each insert.

    As text: SQLAlchemy keeps no compiled form of an insert of several rows, and compiling takes longer than running.
    """
    parts, values = [], []
    for part, (insert, rows, names) in enumerate(shape):
        column = insert.table.c
        filled = [
            {name: bindparam(f"part_{part}_{row}_{name}", type_=column[name].type) for name in names}
            for row in range(rows)
        ]
        values += [value for one in filled for value in one.values()]
        parts.append(insert.values(filled).cte(f"part_{part}"))
    if update is not None:
        parts.append(update.cte("updated"))
    built: Select[int] = select(literal_column("1")).add_cte(*parts)
    words = _CAST.sub(r":\1", str(built.compile(dialect=_NAMED)))  # the driver's dialect writes them anew
    return text(words).bindparams(*values)
