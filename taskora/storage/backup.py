"""A copy of a SQLite file before its tables are changed, beside it: `taskora.db.of-0001`. The newest few are kept.

Above: `migration`. The copy is made by the database itself, so it is whole whatever the write-ahead log still holds.
"""

import contextlib
from pathlib import Path

from taskora.storage.sqlite import SqliteEngine

_KEPT = 3


def back_up(engine: SqliteEngine, revision: str) -> Path:
    """Copy the file as it was last committed, and return the copy. Whoever migrates holds the lock of writers meanwhile.

    `revision` is the one it has, by which the copy is named; an older copy of that name is replaced. Raises StorageFull or
    FolderUnusable when the copy cannot be written.
    """
    target = engine.path.with_name(f"{engine.path.name}.of-{revision}")
    fresh = target.with_name(f"{target.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        engine.copy_to(fresh)
        fresh.chmod(0o600)
        fresh.replace(target)
    except Exception as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        meaning = engine.explain(error)
        if meaning is None:
            raise
        raise meaning from error
    copies = sorted(engine.path.parent.glob(f"{engine.path.name}.of-*"), key=lambda file: file.stat().st_mtime)
    for old in copies[:-_KEPT]:
        old.unlink(missing_ok=True)
    return target
