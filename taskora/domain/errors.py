"""Everything that can go wrong in Taskora, as one tree. An edge (HTTP, MCP, terminal, chat) decides how it looks there.

TaskoraError
├── Refused                  the request itself is at fault; repeating it unchanged cannot work
│   ├── InvalidField         a value has the wrong form; names the field and the accepted forms
│   ├── NotUnderstood        words that could not be read
│   ├── TooLarge             more than a limit allows
│   ├── NotFound             no such task
│   ├── Ambiguous            several tasks fit; carries the candidates
│   ├── Conflict             the state does not allow it (completed already, nothing to undo, …)
│   │   ├── StaleVersion     the task was changed since it was read; carries the current one
│   │   │   └── PreconditionFailed  the same, where the version was named as a condition
│   │   ├── KeyReused        an idempotency key came back with other content
│   │   └── NotDone          another item of the same atomic batch was refused
│   ├── TooMany              more requests than a user may send in a minute; says when to go on
│   ├── Unauthenticated      no token, or one that does not hold
│   └── Forbidden            a valid token without the right to do this
├── Unavailable              a part is away for the moment; the same request can work later
│   ├── StorageFull          the disk takes no more
│   └── StorageBusy          the database could not be reached or locked in time
└── CannotStart              the process cannot run here; names the setting to change
    ├── FolderUnusable       the data folder cannot be written
    ├── NewerDatabase        the database was written by a newer version
    ├── PortTaken            the port that was asked for is in use
    └── NewerHost            the running host is newer than this client
"""

from collections.abc import Mapping
from typing import ClassVar


class TaskoraError(Exception):
    """Something went wrong in Taskora."""

    code: ClassVar[str] = "error"
    advice: ClassVar[str] = ""

    def __init__(
        self,
        detail: str | None = None,
        *,
        advice: str | None = None,
        field: str | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        """Keep a sentence for people, what to do next, the field at fault and facts for programs.

        The class's docstring is the sentence when none is given.
        """
        self.detail = detail or (type(self).__doc__ or "").strip()
        self.next_step = advice if advice is not None else self.advice
        self.field = field
        self.extra: dict[str, object] = dict(extra or {})
        super().__init__(self.detail)

    @property
    def sentence(self) -> str:
        """Return the detail and the advice as one line for people."""
        return f"{self.detail} {self.next_step}".strip()


class Refused(TaskoraError):
    """The request cannot be carried out as it is."""

    code = "refused"


class InvalidField(Refused):
    """A value has the wrong form."""

    code = "invalid"


class NotUnderstood(Refused):
    """The words could not be read."""

    code = "not_understood"


class TooLarge(Refused):
    """The request is larger than a limit allows."""

    code = "too_large"


class NotFound(Refused):
    """There is no such task."""

    code = "not_found"


class Ambiguous(Refused):
    """Several tasks fit these words."""

    code = "ambiguous"
    advice = "Say which one, by its number."


class Conflict(Refused):
    """The task's state does not allow this."""

    code = "conflict"


class StaleVersion(Conflict):
    """The task was changed since it was read."""

    code = "stale_version"
    advice = "Read it again and repeat the change."


class PreconditionFailed(StaleVersion):
    """The task is not at the version that was asked for."""

    code = "precondition_failed"


class KeyReused(Conflict):
    """This idempotency key was used before with other content."""

    code = "idempotency_key_reused"
    advice = "Send a new key for a new request."


class NotDone(Conflict):
    """Not done, since another item of this batch was refused and all or none were asked for."""

    code = "not_done"


class TooMany(Refused):
    """More requests came than are allowed in this time."""

    code = "too_many_requests"
    advice = "Wait a moment, and send several items in one request."


class Unauthenticated(Refused):
    """No valid token came with the request."""

    code = "unauthenticated"


class Forbidden(Refused):
    """The token does not allow this."""

    code = "forbidden"


class Unavailable(TaskoraError):
    """A part of Taskora cannot be reached at the moment."""

    code = "unavailable"
    advice = "Nothing was changed; try again in a moment."


class StorageFull(Unavailable):
    """The disk is full."""

    code = "storage_full"
    advice = "Nothing was changed and nothing was lost; free some space and try again."


class StorageBusy(Unavailable):
    """The database is busy."""

    code = "storage_busy"


class CannotStart(TaskoraError):
    """Taskora cannot start here."""

    code = "cannot_start"


class FolderUnusable(CannotStart):
    """The data folder cannot be written."""

    code = "folder_unusable"


class NewerDatabase(CannotStart):
    """The database was written by a newer version of Taskora."""

    code = "newer_database"
    advice = "Update Taskora, or point TASKORA_DATA_DIR at another folder. Nothing was changed."


class PortTaken(CannotStart):
    """The port is in use."""

    code = "port_taken"


class NewerHost(CannotStart):
    """The running host is newer than this client."""

    code = "newer_host"
