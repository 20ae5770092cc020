"""A list of tasks as people read it, headed by what was asked for."""

from collections.abc import Mapping

from agent.session import Call
from agent.speaking.facts import Page, Period, read
from agent.speaking.wording import day, table


def listed(call: Call, output: str) -> str:
    """Return the tasks found in columns, or that there are none; a sentence instead of an answer as it is."""
    page = read(Page, output)
    if page is None:
        return output
    before, after = _before(call.arguments), _after(call.arguments, page.period)
    if not page.tasks:
        return " ".join(["No", *before, "tasks", *after]) + "."
    noun = "task" if page.total == 1 else "tasks"
    lines = [" ".join([str(page.total), *before, noun, *after]) + ":", *table(page.tasks)]
    if page.total > len(page.tasks):
        lines.append(
            f"  … and {page.total - len(page.tasks)} more. Ask for fewer, such as one day, a tag or a priority."
        )
    return "\n".join(lines)


def _before(arguments: Mapping[str, object]) -> list[str]:
    """Return what was asked for, as far as it stands before the noun."""
    said = [_state(arguments)]
    if arguments.get("overdue"):
        said.append("overdue")
    if arguments.get("repeats") is not None:
        said.append("repeating" if arguments["repeats"] else "single")
    if arguments.get("no_tags"):
        said.append("untagged")
    if priority := arguments.get("priority"):
        said.append("urgent" if priority == "urgent" else f"{priority}-priority")
    return said


def _after(arguments: Mapping[str, object], period: Period | None) -> list[str]:
    """Return what was asked for, as far as it stands behind the noun."""
    said: list[str] = []
    if minimum := arguments.get("min_priority"):
        said.append(f"with {minimum} priority or above")
    if isinstance(tags := arguments.get("tags"), list) and tags:
        said.append("tagged " + " and ".join(str(tag) for tag in tags))
    if arguments.get("no_due"):
        said.append("with no date")
    if since := arguments.get("created_from"):
        until = arguments.get("created_to")
        said.append(f"added on {day(str(since))}" if since == until else f"added since {day(str(since))}")
    if text := arguments.get("text"):
        said.append(f"with “{text}”")
    if period is not None:
        said.append(f"· {period.text}")
    return said


def _state(arguments: Mapping[str, object]) -> str:
    match arguments.get("status", "open"):
        case "completed":
            return "completed"
        case "trash":
            return "deleted"
        case "all":
            return "open or completed"
        case _:
            return "open"
