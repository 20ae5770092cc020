"""Which task is meant: by its id, by its number ("#12", "12"), or by words of its title.

Words are compared with the tasks that may be meant; a close call is a question, never a guess. Read before the transaction: the
command then finds the task by its id and checks its state again.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.tasks.store import Connection, names, tasks
from services.tasks.store.names import Named, Scope
from services.tasks.store.tasks import Found
from taskora.domain.errors import Ambiguous, InvalidField, NotFound, Refused
from taskora.domain.task import Task
from taskora.domain.wording import due_text
from taskora.nlu.targets import Match, MatchKind, match
from taskora.storage.database import Database

REFERENCE_LIMIT = 500
CANDIDATES_SHOWN = 10
AT_ONCE = 200
"""So many titles are compared without a thread: about a millisecond."""
_NUMBER = re.compile(r"#?\s*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Target:
    """The id of the task that is meant, and what was assumed to find it."""

    task_id: str
    assumptions: tuple[str, ...] = ()


async def resolve(
    database: Database, user_id: str, references: Sequence[str], scopes: Sequence[Scope]
) -> list[Target | Refused]:
    """Return the task of each reference, or why there is none; titles are looked for in one scope after the other."""
    titles = Titles(database, user_id, scopes)
    return [await titles.resolve(reference.strip()) for reference in references]


def is_id(reference: str) -> bool:
    """Tell whether a reference has the form of an id, so that nothing needs to be looked up."""
    try:
        return str(UUID(reference)) == reference
    except ValueError:
        return False


def number_of(reference: str) -> int | None:
    """Return the number that a reference consists of."""
    found = _NUMBER.fullmatch(reference)
    return None if found is None else int(found[1])


def find(connection: Connection, user_id: str, reference: str) -> Found:
    """Return the task of an id or a number with its series, also from the trash. Raises NotFound."""
    number = number_of(reference)
    found = None
    if is_id(reference):
        found = tasks.by_id(connection, user_id, reference)
    elif number is not None:
        found = tasks.by_number(connection, user_id, number)
    if found is None:
        raise NotFound(advice="List the tasks to see what there is.")
    return found


class Titles:
    """The titles that may be meant, read once for all references of a request."""

    def __init__(self, database: Database, user_id: str, scopes: Sequence[Scope]) -> None:
        self._database = database
        self._user_id = user_id
        self._scopes = scopes
        self._known: dict[Scope, Sequence[Named]] = {}

    async def resolve(self, reference: str) -> Target | Refused:
        """Return the task that a reference means, or why there is none."""
        if not reference or len(reference) > REFERENCE_LIMIT:
            return InvalidField("Name the task by its id, its number or words of its title.", field="task")
        if is_id(reference):
            return Target(reference)
        number = number_of(reference)
        if number is not None:
            task_id = await self._database.read(lambda connection: names.id_of(connection, self._user_id, number))
            if task_id is not None:
                return Target(task_id)
        return await self._by_words(reference)

    async def _by_words(self, words: str) -> Target | Refused:
        near = Match(MatchKind.NONE)
        for scope in self._scopes:
            found = await self._match(words, scope)
            target = _decided(found, scope)
            if target is not None:
                return target
            if found.kind is MatchKind.AMBIGUOUS:
                near = found
                break
            near = near if near.candidates else found
        return await self._undecided(words, near)

    async def _match(self, words: str, scope: Scope) -> Match:
        """Compare words with the titles of a scope; many titles are compared in a thread."""
        if scope not in self._known:
            self._known[scope] = await self._database.read(
                lambda connection: names.names(connection, self._user_id, scope)
            )
        known = self._known[scope]
        if len(known) <= AT_ONCE:
            return match(words, known)
        return await asyncio.to_thread(match, words, known)

    async def _undecided(self, words: str, found: Match) -> Refused:
        near = [task_id for task_id, _, _ in found.candidates[:CANDIDATES_SHOWN]]
        shown = await self._database.read(lambda connection: names.shown(connection, self._user_id, near))
        candidates = [_candidate(task) for task in shown]
        if found.kind is MatchKind.AMBIGUOUS:
            return Ambiguous(f"Several tasks fit “{words}”.", field="task", extra={"candidates": candidates})
        extra = {"candidates": candidates} if candidates else {}
        return NotFound(
            f"No task fits “{words}”.", field="task", advice="List the tasks to see what there is.", extra=extra
        )


def _candidate(task: Task) -> dict[str, object]:
    due = None if task.due is None else due_text(task.due)
    return {"id": task.id, "number": task.number, "title": task.title, "due": due}


def _decided(found: Match, scope: Scope) -> Target | None:
    """Return the one task that is meant. Of completed or deleted tasks with one title it is the latest."""
    if found.found is not None:
        return Target(found.found[0])
    titles = {title.casefold() for _, _, title in found.candidates}
    if scope is not Scope.OPEN and found.kind is MatchKind.AMBIGUOUS and len(titles) == 1:
        latest = max(found.candidates, key=lambda named: named[1])
        return Target(latest[0], (f"took the latest of {len(found.candidates)}, #{latest[1]}",))
    return None
