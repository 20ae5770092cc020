"""An error of the domain as the members of an RFC 9457 problem, and back. The status is the edge's affair (services/kit)."""

from collections.abc import Iterator, Mapping

from taskora.domain.errors import TaskoraError


def to_problem(error: TaskoraError) -> dict[str, object]:
    """Return `code`, `detail` and `advice`, `field` when one is at fault, and the error's facts for programs."""
    problem: dict[str, object] = {"code": error.code, "detail": error.detail, "advice": error.next_step}
    if error.field is not None:
        problem["field"] = error.field
    return {**error.extra, **problem}


def from_problem(problem: Mapping[str, object]) -> TaskoraError:
    """Return the error that a problem stands for; an unknown code gives a plain TaskoraError that keeps it in `extra`."""
    code = problem.get("code")
    kind = _BY_CODE.get(str(code), TaskoraError)
    extra = {name: value for name, value in problem.items() if name not in _MEMBERS}
    if kind is TaskoraError:
        extra["code"] = code
    field = problem.get("field")
    return kind(
        str(problem.get("detail") or "") or None,
        advice=str(problem.get("advice") or ""),
        field=field if isinstance(field, str) else None,
        extra=extra,
    )


def _tree(kind: type[TaskoraError]) -> Iterator[type[TaskoraError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _tree(narrower)


_BY_CODE: Mapping[str, type[TaskoraError]] = {kind.code: kind for kind in _tree(TaskoraError)}
_MEMBERS = frozenset({"type", "title", "status", "code", "detail", "advice", "field"})
