"""What is said to lines that ask for no tool: short, honest, and with an example of what would work."""

import re
from collections.abc import Mapping

from taskora.nlu.reading import Intent

HELP = """\
Tell me what to do in your own words, for example:
  add pay rent on the 1st every month #home
  what's due this week · show the dentist · how am I doing
  done with pay rent · skip tomorrow's standup
  move dentist to friday 3pm · tag the report work
  remind me 15 minutes before the dentist
  delete the picnic · undo · what did I change today
  list my tags · my week starts on sunday
A task can be named by words of its title or by its number, such as #12."""
NOTHING_PENDING = (
    "There is no open question, so nothing was changed. Tell me what to do, for example: done with standup."
)
DROPPED = "All right, nothing was changed."
ALL_OR_NOTHING = (
    "It is all of them or none, so nothing was changed. Name the tasks that you mean, or say which to leave out."
)
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
    Intent.REMIND: "Remind you when? For example: remind me 15 minutes before the dentist. Nothing was changed.",
    Intent.CLARIFY: UNCLEAR,
}
_THANKS = re.compile(r"\b(?:thanks?|thank you|thx|ta|cheers|great|perfect|nice|well done|good job)\b", re.IGNORECASE)


def said_to(intent: Intent, text: str) -> str:
    """Return what is said to a line of that intent."""
    if intent is Intent.CHAT and _THANKS.search(text):
        return "You're welcome. Tell me whenever something about your tasks changes."
    return SAYINGS[intent]
