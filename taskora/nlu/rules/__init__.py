"""Recurrence words: `extract` finds rules and their bounds in a line, `resolve` makes a series and its first date of them.

The grammar stands in `every`, `of_every`, `adverbs` and `completion` (rules) and in `bounds` and `exceptions`; `tails`,
`days`, `places` and `yearly` are its pieces; `phrase` holds the values between grammar and resolution.
"""

from taskora.nlu.rules.resolution import Resolved, resolve
from taskora.nlu.rules.walk import extract

__all__ = ["Resolved", "extract", "resolve"]
