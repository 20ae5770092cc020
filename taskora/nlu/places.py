"""Places as conditions (when I get home), which nobody here can watch: the words stay in the title and the reply says so."""

import re

_PLACE = re.compile(
    r"\b(?:when|once|as soon as|whenever|after|until)\s+(?:i|we)(?:['’]?m|\s+am|['’]?re|\s+are)?\s*"
    r"(?:get|arrive|reach|leave|come|back|at|near|in|am at|pass)\s+(?:back\s+|to\s+|at\s+|from\s+|the\s+|my\s+){0,3}\w+",
    re.IGNORECASE,
)


def place_note(text: str) -> tuple[str, ...]:
    """Return a sentence for a condition that names a place, nothing without one."""
    found = _PLACE.search(text)
    return (f'left "{found.group()}" in the title: places cannot be watched',) if found else ()
