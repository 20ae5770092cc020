"""Words for a priority, and for making one higher or lower."""

from taskora.domain.task import Priority

_WORDS: dict[Priority, str] = {
    Priority.URGENT: "p1|urgent|critical|asap|crucial|vital|top|highest|priority1|emergency",
    Priority.HIGH: "p2|high|higher|important|priority2",
    Priority.MEDIUM: "p3|medium|normal|regular|standard|default|average|mid|moderate|priority3",
    Priority.LOW: "p4|low|lower|lowest|minor|unimportant|priority4",
}
LEVELS: dict[str, Priority] = {word: level for level, words in _WORDS.items() for word in words.split("|")}
"""Word → priority; p1 to p4 without the blank between their tokens."""


def level_of(words: tuple[str, ...]) -> Priority | None:
    """Return the priority that words name as a whole: ("high",), ("p", "1"), ("top", "priority")."""
    kept = [word for word in words if word not in {"a", "the", "of", "very", "super", "really"}]
    if len(kept) > 1 and kept[-1] in {"priority", "prio", "importance"}:
        kept.pop()
    return LEVELS.get("".join(kept))
