"""The colours of what is understood, the same while a line is typed and in `taskora explain`. One name per kind of span."""

from collections.abc import Mapping

BY_KIND: Mapping[str, str] = {
    "command": "blue",
    "rule": "magenta",
    "bound": "magenta",
    "date": "green",
    "moment": "green",
    "range": "green",
    "time": "cyan",
    "duration": "cyan",
    "deadline": "red",
    "reminder": "yellow",
    "priority": "red",
    "tag": "bright_blue",
}
"""As click names them (ANSI)."""
FOR_PROMPT: Mapping[str, str] = {kind: f"ansi{colour.replace('_', '')}" for kind, colour in BY_KIND.items()}
"""As prompt_toolkit names them."""
