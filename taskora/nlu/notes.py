"""The note behind a task: `// gate closes early`, `note: ring twice`. After the marker nothing is parsed."""

import re

_MARKER = re.compile(r"(?<=\s)//+\s*|(?:(?<=\s)|(?<=[,;.(]))(?:notes?|description|desc|details?)\s?:\s*", re.IGNORECASE)


def split_note(text: str) -> tuple[str, str | None, int]:
    """Return the line before the marker, the note or None, and where the marker begins (the line's length without one)."""
    found = _MARKER.search(text)
    if found is None or not text[: found.start()].strip() or not text[found.end() :].strip():
        return text, None, len(text)
    return text[: found.start()], text[found.end() :].strip(), found.start()
