"""Run by `test_errors` in a mount namespace of its own: fills a real disk of one mebibyte and tells what came of it."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from taskora.domain.errors import StorageFull
from taskora.storage.database import Database
from taskora.storage.migration import migrate
from tests.storage.samples import keys, put


async def fill(disk: Path) -> dict[str, object]:
    """Write until the disk is full, then free some of it and write again."""
    spare = disk / "spare"
    spare.write_bytes(b"\0" * 300 * 1024)
    url = f"sqlite:///{disk}/taskora.db"
    migrate(url)
    database = Database(url)
    confirmed: list[str] = []
    refused = ""
    while not refused:
        key = f"k{len(confirmed):03}"
        try:
            await database.write(lambda unit, key=key: put(unit, key, "x" * 20_000))  # type: ignore[misc]  # mypy can't infer a lambda with a default
        except StorageFull as error:
            refused = error.sentence
        else:
            confirmed.append(key)
    kept = await database.read(keys)
    spare.unlink()
    await database.write(lambda unit: put(unit, "later"))
    after = await database.read(keys)
    await database.close()
    return {"confirmed": confirmed, "refused": refused, "kept": kept, "after": after}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], check=True)
    sys.stdout.write(json.dumps(asyncio.run(fill(folder))))
