"""The event loop of a host or a service: the fast one where it exists, Python's own elsewhere."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run a program to its end."""
    if sys.platform == "win32":  # uvloop is not made for it
        asyncio.run(main)
        return
    import uvloop  # noqa: PLC0415  only where it exists

    uvloop.run(main)
