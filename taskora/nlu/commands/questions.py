"""What is asked back when a command lacks something, or when words are no command at all. Each names an example."""

from taskora.nlu.reading import Command, Confidence, Intent

MISSING_TARGET: dict[Intent, str] = {
    Intent.COMPLETE: 'Which task is done? For example: "done with standup".',
    Intent.REOPEN: 'Which task should be open again? For example: "reopen standup".',
    Intent.DELETE: 'Which task should go to the trash? For example: "delete dentist".',
    Intent.RESTORE: 'Which task should come back from the trash? For example: "restore dentist".',
    Intent.UPDATE: 'Which task, and what should change? For example: "move dentist to friday 3pm".',
    Intent.ADD: 'What is the task? For example: "add pay rent on friday".',
    Intent.SKIP: 'Which task should be skipped? For example: "skip standup".',
    Intent.SNOOZE: 'Which task, and for how long? For example: "snooze dentist for 10 minutes".',
    Intent.STOP_SERIES: 'Which task should stop repeating? For example: "stop repeating standup".',
    Intent.REMIND: 'What should I remind you of, and when? For example: "remind me to call Ana at 5pm".',
    Intent.LIST: 'What should I look for? For example: "what\'s due this week" or "find passport".',
}


NOTHING = 'I did not understand that. Try "add buy milk tomorrow", "what\'s due this week" or "done with standup".'


def ask(question: str, *, target: str | None = None, when: str | None = None) -> Command:
    """Return a question; what was understood is passed on so that the answer to it can use it."""
    words = {"when": when} if when else {}
    return Command(Intent.CLARIFY, target=target, words=words, confidence=Confidence.ASKED, question=question)


def ask_which(intent: Intent) -> Command:
    """Ask for the task that a command without a target means."""
    return ask(MISSING_TARGET[intent])
