"""The program `taskora`: its commands, and the edge at which an error becomes one line and an exit code (see `exits`)."""

import os
import sys
import traceback
from typing import Annotated

import typer

from services.local import exits
from taskora.config import Settings
from taskora.domain.errors import TaskoraError

app = typer.Typer(
    name="taskora",
    help="A task manager you talk to.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command()
def up(
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Run in the background, with a log file.")] = False,
) -> None:
    """Run Taskora and print its address."""
    from services.local.cli import host

    host.up(_settings(), detach=detach)


@app.command()
def down() -> None:
    """End the Taskora that runs in the background."""
    from services.local.cli import host

    host.down(_settings())


@app.command()
def chat(text: Annotated[str | None, typer.Argument(help="One line to say; leave it out to talk.")] = None) -> None:
    """Talk: one line, a conversation at the terminal, or a line a sentence from a pipe."""
    from services.local.cli import chat as talk

    raise typer.Exit(talk.run(_settings(), text))


@app.command()
def doctor() -> None:
    """Check folder, host, database, events and zone; exit with 1 when something is wrong."""
    from services.local.cli import doctor as checks

    raise typer.Exit(checks.run(_settings()))


@app.command()
def migrate() -> None:
    """Bring the database to this version, before a server of it is started."""
    from services.local.cli import migrate as migration

    migration.run(_settings())


@app.command()
def token(
    user: Annotated[str, typer.Option(help="The user whom the token stands for.")],
    audience: Annotated[str, typer.Option(help="tasks: the API; agent: the chat; ops: for operators.")] = "tasks",
    minutes: Annotated[int, typer.Option(min=1, help="For how long it holds, at most a day.")] = 60,
) -> None:
    """Print a token for a user of a server, signed with its TASKORA_SIGNING_KEY."""
    from services.local.cli import token as tokens

    tokens.run(_settings(), user=user, audience=audience, minutes=minutes)


@app.command()
def explain(text: Annotated[str, typer.Argument(help="The line to explain.")]) -> None:
    """Show how a line is read: its pieces, how sure each is, and why."""
    from services.local.cli import explain as explaining

    explaining.run(_settings(), text)


_URL = typer.Option(
    help="Address of a server; its TASKORA_SIGNING_KEY must be set. Left out: the host of these settings."
)
dead_letters = typer.Typer(name="dead-letters", help="Show and replay events that got stuck.", no_args_is_help=True)
app.add_typer(dead_letters)


@dead_letters.command("list")
def list_dead_letters(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 100,
    url: Annotated[str | None, _URL] = None,
) -> None:
    """List the events that a consumer could not handle or the broker refused, each with its reason."""
    from services.local.cli import dead_letters as stuck

    stuck.show_all(_settings(), url, limit)


@dead_letters.command("show")
def show_dead_letter(
    letter: Annotated[str, typer.Argument(help="Its id in the list.")], url: Annotated[str | None, _URL] = None
) -> None:
    """Show one with its event."""
    from services.local.cli import dead_letters as stuck

    stuck.show(_settings(), url, letter)


@dead_letters.command("replay")
def replay_dead_letters(
    letters: Annotated[list[str] | None, typer.Argument(help="Their ids in the list.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    url: Annotated[str | None, _URL] = None,
) -> None:
    """Deliver them again, each to the consumer that it got stuck with; exit with 1 when one cannot be."""
    from services.local.cli import dead_letters as stuck

    raise typer.Exit(stuck.replay(_settings(), url, letters or [], every=every))


@app.command()
def replay(
    consumer: Annotated[str, typer.Option(help="The consumer that gets the events, and no other.")],
    user: Annotated[str | None, typer.Option(help="Only the changes of this user.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only changes since then: 2026-11-01, or an ISO 8601 instant.")
    ] = None,
    url: Annotated[str | None, _URL] = None,
) -> None:
    """Hand the events of past changes to one consumer, such as a new one; what it has done already it does not do twice."""
    from services.local.cli import replay as replaying

    replaying.run(_settings(), url, consumer=consumer, user=user, since=since)


@app.command()
def mcp(
    print_config: Annotated[bool, typer.Option("--print-config", help="Print what a desktop assistant needs.")] = False,
) -> None:
    """Serve the tools to an assistant over standard input and output."""
    from services.local.cli import mcp as server

    server.run(_settings(), print_config=print_config)


def main() -> None:
    """Run the command line; never show a traceback unless TASKORA_LOG_LEVEL is DEBUG."""
    os.umask(0o077)  # what any command makes is its owner's alone
    try:
        app()
    except TaskoraError as error:
        typer.echo(exits.line_of(error), err=True)
        sys.exit(exits.code_of(error))
    except Exception as error:  # noqa: BLE001  the outermost edge of the process
        if os.environ.get("TASKORA_LOG_LEVEL", "").upper() == "DEBUG":
            traceback.print_exc()
        typer.echo(
            f"{exits.MARK}a defect of Taskora ({type(error).__name__}). Set TASKORA_LOG_LEVEL=DEBUG to see where.",
            err=True,
        )
        sys.exit(exits.DEFECT)


def _settings() -> Settings:
    return Settings.read(os.environ)
