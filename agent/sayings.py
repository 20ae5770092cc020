"""What is said to lines that ask for no tool: short, honest, and with an example of what would work."""

import re
from collections.abc import Mapping

from taskora.nlu.reading import Intent

HELP = """\
Tell me what to do in your own words, for example:
  add pay rent on the 1st every month #home
  what's due this week
  done with pay rent
  move dentist to friday 3pm
  make the report high priority, tag it work
  delete the picnic, and undo if that was wrong
A task can be named by words of its title or by its number, such as #12."""
NOTHING_PENDING = (
    "There is no open question, so nothing was changed. Tell me what to do, for example: done with standup."
)
DROPPED = "All right, nothing was changed."
WHICH = "Which one? Say its place in the list or its number, for example: the first one."
UNCLEAR = "I didn't understand that, so nothing was changed. Try: add call Anna tomorrow at 5pm."
HOW_LONG = "Snooze it for how long? For example: snooze dentist for 2 hours. Nothing was changed."
TOO_MUCH = "That is {number} things at once, and I take at most {limit}. Nothing was changed."

SAYINGS: Mapping[Intent, str] = {
    Intent.HELP: HELP,
    Intent.CHAT: "Hello! I keep your tasks. Try: add call Anna tomorrow at 5pm. Or ask: what's due this week?",
    Intent.OUT_OF_SCOPE: "I only look after your tasks, so I can't help with that. Try: what's due this week?",
    Intent.CONFIRM: NOTHING_PENDING,
    Intent.CANCEL: "Nothing was waiting for an answer. Say undo to take back the last change.",
    Intent.REMIND: "I can't set reminders yet. I can give a task a date and time: move dentist to friday 3pm.",
    Intent.SKIP: "I can't skip one date of a repeating task yet. I can complete it, so that the next one comes, or move it.",
    Intent.PREFERENCES: "I can't change preferences from here yet. Ask me about your tasks instead: what's due this week?",
    Intent.HISTORY: "I can't show the history yet. I can show what is done: show completed tasks.",
    Intent.CLARIFY: UNCLEAR,
}
_THANKS = re.compile(r"\b(?:thanks?|thank you|thx|ta|cheers|great|perfect|nice|well done|good job)\b", re.IGNORECASE)


def said_to(intent: Intent, text: str) -> str:
    """Return what is said to a line of that intent."""
    if intent is Intent.CHAT and _THANKS.search(text):
        return "You're welcome. Tell me whenever something about your tasks changes."
    return SAYINGS[intent]
