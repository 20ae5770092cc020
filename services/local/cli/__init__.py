"""The command line: `taskora up | down | chat | doctor | mcp`. What a command needs is imported when it runs."""

from services.local.cli.program import main

__all__ = ["main"]
