"""Tables and cards for a terminal, with rich. Imported only where something is drawn: it costs a tenth of a second.

From 40 columns on everything fits: what has no room as a column goes on a second line of its row.
"""

import datetime as dt
from collections.abc import Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from services.local.cli import wording
from services.local.cli.host_client import Json
from services.local.cli.screen import Screen, clean

WIDE = 100
MIDDLE = 64
PRIORITY_STYLES = {"urgent": "bold red", "high": "red", "medium": "", "low": "dim"}


def tasks(screen: Screen, found: Sequence[Json], heading: str) -> None:
    """Draw a list of tasks."""
    console = _console(screen)
    console.print(Text(heading, style="bold"))
    if not found:
        return
    draw = _wide if screen.width >= WIDE else _middle if screen.width >= MIDDLE else _narrow
    console.print(draw(found, screen.now))


def card(screen: Screen, task: Json, dates: Sequence[Json]) -> None:
    """Draw everything about one task."""
    console = _console(screen)
    table = Table.grid(padding=(0, 2), expand=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in wording.card(task, dates, screen.now):
        table.add_row(label, Text(text, style=_card_style(label, task, screen.now)))
    parts: list[Table | Padding] = [table]
    if task.get("description"):
        description = "\n".join(clean(line) for line in task["description"].splitlines())
        parts.append(Padding(Text(description), (1, 0, 0, 0)))
    title = Text(wording.name(task), style="bold")
    title.truncate(screen.width - 8, overflow="ellipsis")
    console.print(Panel(Group(*parts), title=title, title_align="left", expand=False, border_style="dim"))


def activity(screen: Screen, entries: Sequence[Json]) -> None:
    """Draw what happened, newest first."""
    wide = screen.width >= MIDDLE
    table = Table.grid(padding=(0, 2), expand=True)
    for _ in range(2 if wide else 0):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for entry in entries:
        at = Text(wording.moment(entry["at"], screen.now).replace(f" {screen.now.year}", ""), style="dim")
        who = Text(entry["actor_text"], style="cyan" if entry["actor"] == "user" else "magenta")
        task = entry.get("task")
        what = Text(f"#{task['number']} {clean(task['title'])}  " if task else "", style="bold")
        what.append(clean(entry["text"]), style="not bold strike dim" if entry.get("undone") else "not bold")
        if wide:
            table.add_row(at, who, what)
        else:
            table.add_row(at.append("  ").append(who).append("\n").append(what))
    _console(screen).print(table)


def tags(screen: Screen, found: Sequence[Json]) -> None:
    """Draw the tags with their colours and how many open tasks each has."""
    console = _console(screen)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("tag", overflow="fold")
    table.add_column("open", justify="right", no_wrap=True)
    for tag in found:
        colour = tag.get("colour")
        mark = Text("● ", style=str(colour) if colour else "dim")
        table.add_row(mark.append(f"#{clean(tag['name'])}", style="default"), str(tag.get("open") or 0))
    console.print(table)


def _wide(found: Sequence[Json], now: dt.datetime) -> Table:
    table = _table()
    table.add_column("task", overflow="fold", ratio=1, min_width=24)
    table.add_column("due", no_wrap=True)
    table.add_column("repeats", overflow="fold", max_width=30)
    table.add_column("priority", no_wrap=True)
    table.add_column("tags", overflow="fold", max_width=24)
    for task in found:
        table.add_row(
            _number(task),
            _title(task),
            _due(task, now),
            wording.repeats(task),
            Text(_priority(task), style=PRIORITY_STYLES[task["priority"]]),
            Text(" ".join(f"#{clean(tag)}" for tag in task.get("tags", ())), style="blue"),
        )
    return table


def _middle(found: Sequence[Json], now: dt.datetime) -> Table:
    table = _table()
    table.add_column("task", overflow="fold", ratio=1)
    table.add_column("due", no_wrap=True)
    for task in found:
        title = _title(task)
        if said := _features(task):
            title = title.append("\n").append(said)
        table.add_row(_number(task), title, _due(task, now))
    return table


def _narrow(found: Sequence[Json], now: dt.datetime) -> Table:
    table = _table(header=False)
    table.add_column(overflow="fold", ratio=1)
    for task in found:
        cell = _title(task)
        if task.get("due"):
            cell = cell.append("\n").append(_due(task, now))
        if said := _features(task):
            cell = cell.append("\n").append(said)
        table.add_row(_number(task), cell)
    return table


def _table(*, header: bool = True) -> Table:
    table = Table(box=None, pad_edge=False, expand=True, header_style="dim", show_header=header)
    table.add_column("#", justify="right", no_wrap=True, style="dim")
    return table


def _number(task: Json) -> str:
    return f"#{task['number']}"


def _title(task: Json) -> Text:
    done = task["status"] == "completed" or task.get("deleted_at")
    return Text(clean(task["title"]), style="strike dim" if done else "bold" if task["priority"] == "urgent" else "")


def _due(task: Json, now: dt.datetime) -> Text:
    return Text(wording.short_when(task, now.year), style=_due_style(task, now))


def _due_style(task: Json, now: dt.datetime) -> str:
    due = task.get("due")
    if not due or task["status"] == "completed" or task.get("deleted_at"):
        return "dim"
    date = dt.date.fromisoformat(due["date"])
    late = due.get("time") and dt.datetime.fromisoformat(due["at"]) < now
    return "red" if date < now.date() or late else "yellow" if date == now.date() else "green"


def _card_style(label: str, task: Json, now: dt.datetime) -> str:
    styles = {"priority": PRIORITY_STYLES[task["priority"]], "tags": "blue", "repeats": "magenta", "then": "dim"}
    return _due_style(task, now) if label == "due" else styles.get(label, "")


def _features(task: Json) -> Text:
    said = Text(" · ".join([wording.repeats(task)] if task.get("repeats") else []), style="magenta dim")
    if task["priority"] != "medium":
        said.append(" · " if said else "").append(task["priority"], style=PRIORITY_STYLES[task["priority"]])
    for tag in task.get("tags", ()):
        said.append(" " if said else "").append(f"#{clean(tag)}", style="blue")
    return said


def _priority(task: Json) -> str:
    return "" if task["priority"] == "medium" else str(task["priority"])


def _console(screen: Screen) -> Console:
    return Console(width=screen.width, no_color=not screen.coloured, highlight=False, soft_wrap=False)
