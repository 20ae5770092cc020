"""The commands over tasks: what each takes from the command line. What it does is in the module that it imports."""

import os
from typing import TYPE_CHECKING, Any, NoReturn

import click

from services.local.cli.completing import complete_tasks, complete_words
from taskora.config import Settings

if TYPE_CHECKING:
    from services.local.cli.host_client import HostClient
    from services.local.cli.screen import Screen

Words = tuple[str, ...]
PRIORITIES = click.Choice(["low", "medium", "high", "urgent"])
CLEARABLE = click.Choice(["due", "time", "end", "deadline", "repeat", "description", "tags", "reminders"])

_words = click.argument("words", nargs=-1, shell_complete=complete_words)
_task = click.argument("task", nargs=-1, shell_complete=complete_tasks)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON (docs/terminal.md).")
_yes = click.option("--yes", "-y", is_flag=True, help="Change several without asking.")
_scope = click.option(
    "--scope",
    type=click.Choice(["this", "future"]),
    help="Of a repeating task: this one alone, or also all that follow.",
)
_cursor = click.option("--cursor", help="Go on from next_cursor of an answer.")


@click.command()
@_words
@json_option
def add(words: Words, as_json: bool) -> None:
    """Add a task in words.

    Such as: taskora add pay rent on the 1st every month. With "-" each line of standard input is a task.
    """
    from services.local.cli import adding

    _end(adding.run(*opened(as_json), words))


@click.command("list")
@_words
@click.option("--sort", help="due, priority, created, … with commas; -due turns it round.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, help="How many at most.")
@click.option("--tag", multiple=True, help="Only tasks with this tag.")
@click.option("--search", help="Only tasks with words that begin like these.")
@_cursor
@json_option
def list_tasks(
    *,
    words: Words,
    sort: str | None,
    limit: int,
    tag: tuple[str, ...],
    search: str | None,
    cursor: str | None,
    as_json: bool,
) -> None:
    """List tasks.

    Such as: taskora list this week high, taskora list overdue, taskora list done today, taskora list dentist.
    """
    from services.local.cli import listing

    _end(listing.run(*opened(as_json), words, sort=sort, limit=limit, tags=tag, text=search, cursor=cursor))


@click.command()
@_task
@json_option
def show(task: Words, as_json: bool) -> None:
    """Show everything about a task."""
    from services.local.cli import showing

    _end(showing.show(*opened(as_json), task))


@click.command()
@_words
@click.option("--title", help="A new title.")
@click.option("--when", help="A new date, in words.")
@click.option("--repeat", help="How it repeats, in words.")
@click.option("--priority", type=PRIORITIES)
@click.option("--tag", "tags_add", multiple=True, help="Give it this tag too.")
@click.option("--untag", "tags_remove", multiple=True, help="Take this tag from it.")
@click.option("--note", help="Add a paragraph to its description.")
@click.option("--description", help="A new description.")
@click.option("--deadline", metavar="YYYY-MM-DD")
@click.option("--clear", multiple=True, type=CLEARABLE, help="Empty a field.")
@_scope
@_yes
@json_option
def edit(words: Words, yes: bool, as_json: bool, **given: Any) -> None:
    """Change a task.

    Such as: taskora edit dentist high #health, taskora edit 12 every week, taskora edit 12 --title "…".
    """
    from services.local.cli import editing

    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items() if value}
    _end(editing.edit(*opened(as_json), words, fields, yes=yes))


@click.command()
@_task
@_yes
@json_option
def done(task: Words, yes: bool, as_json: bool) -> None:
    """Complete tasks.

    Such as: taskora done dentist, taskora done 3 4, taskora done all overdue.
    """
    from services.local.cli import changing

    _end(changing.run(*opened(as_json), changing.COMPLETE, task, yes=yes))


@click.command()
@_task
@_yes
@json_option
def reopen(task: Words, yes: bool, as_json: bool) -> None:
    """Open completed tasks again."""
    from services.local.cli import changing

    _end(changing.run(*opened(as_json), changing.REOPEN, task, yes=yes))


@click.command()
@_words
@_scope
@_yes
@json_option
def move(words: Words, scope: str | None, yes: bool, as_json: bool) -> None:
    """Give a task another date.

    Such as: taskora move dentist friday 3pm, taskora move 3 4 to monday, taskora move 12 by 2 days.
    """
    from services.local.cli import editing

    _end(editing.move(*opened(as_json), words, scope=scope, yes=yes))


@click.command()
@_task
@_yes
@json_option
def delete(task: Words, yes: bool, as_json: bool) -> None:
    """Move tasks to the trash.

    `taskora restore` and `taskora undo` bring them back.
    """
    from services.local.cli import changing

    _end(changing.run(*opened(as_json), changing.DELETE, task, yes=yes))


@click.command()
@_task
@_yes
@json_option
def restore(task: Words, yes: bool, as_json: bool) -> None:
    """Bring tasks back from the trash."""
    from services.local.cli import changing

    _end(changing.run(*opened(as_json), changing.RESTORE, task, yes=yes))


@click.command()
@json_option
def undo(as_json: bool) -> None:
    """Take the last command back.

    By whatever door it came; once more for the one before.
    """
    from services.local.cli import changing

    _end(changing.undo(*opened(as_json)))


@click.command()
@_words
@click.option("--by", type=click.Choice(["user", "agent", "system"]), help="Only what they did.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, help="How many at most.")
@_cursor
@json_option
def history(words: Words, by: str | None, limit: int, cursor: str | None, as_json: bool) -> None:
    """Show what happened, newest first.

    Such as: taskora history, taskora history dentist, taskora history yesterday.
    """
    from services.local.cli import showing

    _end(showing.history(*opened(as_json), words, actor=by, limit=limit, cursor=cursor))


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def tags(context: click.Context, as_json: bool) -> None:
    """List, rename, colour or delete tags."""
    from services.local.cli import tagging

    if context.invoked_subcommand is None:
        _end(tagging.show(*opened(as_json)))


@tags.command("rename")
@click.argument("tag")
@click.argument("name")
@json_option
def rename_tag(tag: str, name: str, as_json: bool) -> None:
    """Give a tag another name; a name that another tag has joins the two."""
    from services.local.cli import tagging

    _end(tagging.change(*opened(as_json), {"tag": tag.lstrip("#"), "name": name.lstrip("#")}))


@tags.command("colour")
@click.argument("tag")
@click.argument("colour", metavar="#RRGGBB|NAME|none")
@json_option
def colour_tag(tag: str, colour: str, as_json: bool) -> None:
    """Give a tag a colour, or take it away with "none"."""
    from services.local.cli import tagging

    edit = {"tag": tag.lstrip("#"), "colour": None if colour == "none" else colour}
    _end(tagging.change(*opened(as_json), edit))


@tags.command("delete")
@click.argument("tag", nargs=-1, required=True)
@_yes
@json_option
def delete_tag(tag: Words, yes: bool, as_json: bool) -> None:
    """Take tags away, from their tasks too."""
    from services.local.cli import tagging

    _end(tagging.delete(*opened(as_json), list(tag), yes=yes))


COMMANDS = (add, list_tasks, show, edit, done, reopen, move, delete, restore, undo, history, tags)


def opened(as_json: bool) -> "tuple[HostClient, Screen]":
    """Return the running host and the screen."""
    from services.local.cli.host_client import HostClient
    from services.local.cli.screen import Screen, note

    settings = Settings.read(os.environ)
    return HostClient(settings, note), Screen.of(settings, as_json=as_json)


def _end(code: int) -> NoReturn:
    """End the command with that exit code."""
    raise SystemExit(code)
