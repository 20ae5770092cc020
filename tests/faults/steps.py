"""The steps of the path at which a host is killed, in the order in which a completion passes them.

A person completes a repeating task; the way from there to the next task is a chain of commits with messages between. Each step
is named for what is done at that place and whether the host dies before it, after it or, for a commit, between the statements
and the commit. What each death means is said beside it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A place to die. `place` is what `host_with_kills` calls it, `nth` which time it is passed, `meaning` what is lost."""

    place: str
    meaning: str
    nth: int = 1

    def __str__(self) -> str:
        return self.place.replace(" ", "-") + (f"-{self.nth}" if self.nth > 1 else "")


COMMAND = (
    Step("before commit of the request", "nothing was written; the person got no answer and asks again"),
    Step("within commit of the request", "rows, change and events stood in an open transaction, which is gone"),
    Step(
        "after commit of the request",
        "all is durable, the answer never went out; asked again, it must not be done twice",
    ),
)
"""A command of a person: one transaction of rows, change and events."""

COMPLETION = (
    *COMMAND,
    Step("before publish of task.completed on task-events", "the events wait in the outbox"),
    Step("before commit of the broker on task-events", "the broker had not stored the delivery"),
    Step("within commit of the broker on task-events", "the delivery stood in an open transaction, which is gone"),
    Step(
        "after commit of the broker on task-events",
        "the delivery is stored, the relay does not know: it goes out again",
    ),
    Step("after publish of task.completed on task-events", "the same, a moment later"),
    Step("before publish of task.completed on task-updates", "one topic has its event, the other waits in the outbox"),
    Step("after publish of task.completed on task-updates", "both are published and still in the outbox"),
    Step("before commit of the relay", "the same, a moment later"),
    Step("within commit of the relay", "the outbox was being emptied; it is full again"),
    Step("after commit of the relay", "the outbox is empty, the broker has all"),
    Step("before delivery of task.completed", "the recurrence service had not seen the completion"),
    Step("before publish of task.create on task-commands", "the next date was worked out and not told"),
    Step("before commit of the broker on task-commands", "the broker had not stored the command"),
    Step("within commit of the broker on task-commands", "the command stood in an open transaction, which is gone"),
    Step(
        "after commit of the broker on task-commands", "the command is stored; the completion will be delivered again"
    ),
    Step("after publish of task.create on task-commands", "the same, a moment later"),
    Step("after delivery of task.completed", "it was handled, and will be delivered again"),
    Step("before commit of a consumer", "the same, a moment later"),
    Step("within commit of a consumer", "the delivery was being taken off; it is back"),
    Step("after commit of a consumer", "the first of two consumers is done"),
    Step("before delivery of task.create", "the task service had not seen the command"),
    Step("before commit of the effect of task.create", "it had, and had written nothing"),
    Step(
        "within commit of the effect of task.create",
        "the next task, its change, events and inbox row are gone together",
    ),
    Step("after commit of the effect of task.create", "the next task is there; the command will be delivered again"),
    Step("after delivery of task.create", "the same, a moment later"),
    Step("before commit of a consumer", "the command was handled and is still with the broker", nth=2),
    Step("within commit of a consumer", "the same, its delivery being taken off", nth=2),
    Step("after commit of a consumer", "both consumers are done", nth=2),
    Step("before publish of task.created on task-events", "the news of the next task waits in the outbox"),
    Step("after publish of task.created on task-events", "it is published and still in the outbox"),
    Step("before publish of task.created on task-updates", "one topic has it, the other not"),
    Step("after publish of task.created on task-updates", "both have it, the outbox still holds it"),
    Step("before commit of the relay", "the same, a moment later", nth=2),
    Step("within commit of the relay", "the outbox was being emptied; it is full again", nth=2),
    Step("after commit of the relay", "all is done", nth=2),
)

CREATION = (
    *COMMAND,
    Step("before publish of task.created on task-events", "the events wait in the outbox"),
    Step("after publish of task.created on task-events", "they are published and still in the outbox"),
    Step("after publish of task.created on task-updates", "both topics have theirs, the outbox still holds them"),
    Step("before commit of the relay", "the same, a moment later"),
    Step("within commit of the relay", "the outbox was being emptied; it is full again"),
    Step("after commit of the relay", "all is done"),
)
