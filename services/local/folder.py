"""The data folder: what lies where in it. Made where it is missing, for its owner alone, and named when it cannot be used."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from taskora.config import Settings
from taskora.domain.errors import FolderUnusable, StorageFull


@contextlib.contextmanager
def using(folder: Path) -> Iterator[None]:
    """Make the folder and do something in it. Raises FolderUnusable or StorageFull for what the system does not allow."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StorageFull(f"The disk of {folder} is full.") from error
        raise FolderUnusable(
            f"The data folder {folder} cannot be used: {error.strerror or error}.",
            advice="Set TASKORA_DATA_DIR to a folder that can be written.",
        ) from error


def database(folder: Path) -> Path:
    """Return the file of the database."""
    return folder / "taskora.db"


def database_url(settings: Settings) -> str:
    """Return the URL of the database: the one that is set, else the file in the folder."""
    return settings.database_url or f"sqlite:///{database(settings.data_dir)}"


def log(folder: Path) -> Path:
    """Return the file that takes the output of a detached host."""
    return folder / "taskora.log"


def chat_history(folder: Path) -> Path:
    """Return the file of the lines that were typed in the terminal chat."""
    return folder / "chat_history"
