"""The engine under the tests. What is missing is a failure, never a skipped test."""

import functools
import shutil
import subprocess
from pathlib import Path


@functools.cache
def engine() -> Path:
    """The folder with daprd and scheduler."""
    found = subprocess.run(["tools/dapr/engine.sh", "--find"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return Path(found.stdout.strip())


def need_redis() -> None:
    assert shutil.which("redis-server"), "redis-server is missing: apt-get install redis-server"
