"""Which task is meant: by its id, by its number ("#12", "12"), or by words of its title.

Words are compared with the tasks that may be meant; a close call is a question, never a guess. Read before the transaction: the
command then finds the task by its id and checks its state again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.tasks.store import Connection, names
from services.tasks.store.names import Named, Scope
from taskora.domain.errors import Ambiguous, InvalidField, NotFound, Refused
from taskora.domain.wording import due_text
from taskora.nlu.targets import Match, match

REFERENCE_LIMIT = 500
CANDIDATES_SHOWN = 10
_NUMBER = re.compile(r"#?\s*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Target:
    """The id of the task that is meant, and what was assumed to find it."""

    task_id: str
    assumptions: tuple[str, ...] = ()


def resolve(
    connection: Connection, user_id: str, references: Sequence[str], scopes: Sequence[Scope]
) -> list[Target | Refused]:
    """Return the task of each reference, or why there is none; titles are looked for in one scope after the other."""
    known: dict[Scope, Sequence[Named]] = {}
    targets: list[Target | Refused] = []
    for reference in references:
        try:
            targets.append(_resolve(connection, user_id, reference.strip(), scopes, known))
        except Refused as refusal:
            targets.append(refusal)
    return targets


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


def _resolve(
    connection: Connection,
    user_id: str,
    reference: str,
    scopes: Sequence[Scope],
    known: dict[Scope, Sequence[Named]],
) -> Target:
    if not reference or len(reference) > REFERENCE_LIMIT:
        raise InvalidField("Name the task by its id, its number or words of its title.", field="task")
    if is_id(reference):
        return Target(reference)
    number = number_of(reference)
    task_id = None if number is None else names.id_of(connection, user_id, number)
    if task_id is not None:
        return Target(task_id)
    near: Match | None = None
    for scope in scopes:
        if scope not in known:
            known[scope] = names.names(connection, user_id, scope)
        found = match(reference, known[scope])
        target = _decided(found, scope)
        if target is not None:
            return target
        near = near if near is not None and near.candidates else found
        if found.kind == "ambiguous":
            break
    raise _undecided(connection, user_id, reference, near)


def _decided(found: Match, scope: Scope) -> Target | None:
    """Return the one task that is meant. Of completed or deleted tasks with one title it is the latest."""
    if found.found is not None:
        return Target(found.found[0])
    titles = {title.casefold() for _, _, title in found.candidates}
    if scope is not Scope.OPEN and found.kind == "ambiguous" and len(titles) == 1:
        latest = max(found.candidates, key=lambda named: named[1])
        return Target(latest[0], (f"took the latest of {len(found.candidates)}, #{latest[1]}",))
    return None


def _undecided(connection: Connection, user_id: str, reference: str, found: Match | None) -> Refused:
    near = [] if found is None else [task_id for task_id, _, _ in found.candidates[:CANDIDATES_SHOWN]]
    shown = [
        {
            "id": task.id,
            "number": task.number,
            "title": task.title,
            "due": None if task.due is None else due_text(task.due),
        }
        for task in names.candidates(connection, user_id, near)
    ]
    if found is not None and found.kind == "ambiguous":
        return Ambiguous(f"Several tasks fit “{reference}”.", field="task", extra={"candidates": shown})
    extra = {"candidates": shown} if shown else {}
    return NotFound(
        f"No task fits “{reference}”.", field="task", advice="List the tasks to see what there is.", extra=extra
    )
