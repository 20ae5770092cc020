"""What a tool is told to be: does it only read, does it take something away, does it matter how often it is called.

Assistants ask the user, or don't, by these hints, so that each is said and none is more than true.
"""

from mcp.types import ToolAnnotations


def reading(title: str) -> ToolAnnotations:
    """Return the hints of a tool that changes nothing."""
    return ToolAnnotations(
        title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )


def writing(title: str, *, destructive: bool, idempotent: bool = False) -> ToolAnnotations:
    """Return the hints of a tool that changes something.

    Not idempotent is what names a task by words: the second time they may mean the next one of its kind.
    """
    return ToolAnnotations(
        title=title,
        read_only_hint=False,
        destructive_hint=destructive,
        idempotent_hint=idempotent,
        open_world_hint=False,
    )
