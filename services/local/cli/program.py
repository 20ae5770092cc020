"""The program `taskora`: its commands, and the edge at which an error becomes one line and an exit code (see `exits`).

On click, and with nothing imported that a command can do without: `taskora list` has a quarter of a second for everything.
"""

import io
import json
import os
import sys

import click

from services.local import exits
from services.local.cli import task_program
from services.local.cli.assistants import ASSISTANTS
from taskora.api.problems import to_problem
from taskora.config import Settings
from taskora.domain.errors import TaskoraError


@click.group(context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100})
def app() -> None:
    """Keep tasks by talking. Begin with: taskora chat."""


for _command in task_program.COMMANDS:
    app.add_command(_command)


@app.command()
@click.option("--detach", "-d", is_flag=True, help="Run in the background, with a log file.")
def up(detach: bool) -> None:
    """Run Taskora and print its address."""
    from services.local.cli import host

    host.up(_settings(), detach=detach)


@app.command()
def down() -> None:
    """End the Taskora that runs in the background."""
    from services.local.cli import host

    host.down(_settings())


@app.command("open")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON (docs/terminal.md).")
def open_browser(as_json: bool) -> None:
    """Print a link that lets your browser in: it works once, within five minutes."""
    from services.local.cli import host
    from services.local.cli.screen import Screen

    host.open_browser(_settings(), Screen.of(as_json=as_json))


@app.command()
@click.argument("text", required=False)
def chat(text: str | None) -> None:
    """Talk: one line, a conversation at the terminal, or a line a sentence from a pipe."""
    from services.local.cli import chat as talk

    sys.exit(talk.run(_settings(), text))


@app.command()
def doctor() -> None:
    """Check folder, host, database, events and zone; exit with 1 when something is wrong."""
    from services.local.cli import doctor as checks

    sys.exit(checks.run(_settings()))


@app.command()
def migrate() -> None:
    """Bring the database to this version, before a server of it is started."""
    from services.local.cli import migrate as migration

    migration.run(_settings())


@app.command()
@click.option("--user", required=True, help="The user whom the token stands for.")
@click.option(
    "--audience", default="tasks", help="tasks: the API; agent: the chat; mcp: the tools; ops: for operators."
)
@click.option("--minutes", type=click.IntRange(1), default=60, help="For how long it holds, at most a day.")
def token(user: str, audience: str, minutes: int) -> None:
    """Print a token for a user of a server, signed with its TASKORA_SIGNING_KEY."""
    from services.local.cli import token as tokens

    tokens.run(_settings(), user=user, audience=audience, minutes=minutes)


@app.command()
@click.argument("text")
def explain(text: str) -> None:
    """Show how a line is read: its pieces, how sure each is, and why."""
    from services.local.cli import explain as explaining

    explaining.run(_settings(), text)


_url = click.option(
    "--url", help="Address of a server; its TASKORA_SIGNING_KEY must be set. Left out: the host of these settings."
)


@app.group("dead-letters")
def dead_letters() -> None:
    """Show and replay events that got stuck."""


@dead_letters.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, help="How many at most.")
@_url
def list_dead_letters(limit: int, url: str | None) -> None:
    """List the events that a consumer could not handle or the broker refused, each with its reason."""
    from services.local.cli import dead_letters as stuck

    stuck.show_all(_settings(), url, limit)


@dead_letters.command("show")
@click.argument("letter")
@_url
def show_dead_letter(letter: str, url: str | None) -> None:
    """Show one with its event; LETTER is its id in the list."""
    from services.local.cli import dead_letters as stuck

    stuck.show(_settings(), url, letter)


@dead_letters.command("replay")
@click.argument("letters", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All of them.")
@_url
def replay_dead_letters(letters: tuple[str, ...], every: bool, url: str | None) -> None:
    """Deliver them again, each to the consumer that it got stuck with; exit with 1 when one cannot be."""
    from services.local.cli import dead_letters as stuck

    sys.exit(stuck.replay(_settings(), url, list(letters), every=every))


@app.command()
@click.option("--consumer", required=True, help="The consumer that gets the events, and no other.")
@click.option("--user", help="Only the changes of this user.")
@click.option("--since", help="Only changes since then: 2026-11-01, or an ISO 8601 instant.")
@_url
def replay(consumer: str, user: str | None, since: str | None, url: str | None) -> None:
    """Hand the events of past changes to one consumer, such as a new one; what it has done already it does not do twice."""
    from services.local.cli import replay as replaying

    replaying.run(_settings(), url, consumer=consumer, user=user, since=since)


_client = click.Choice(list(ASSISTANTS))


@app.group(invoke_without_command=True)
@click.option("--print-config", is_flag=True, help="Print what an assistant's settings need, instead of serving.")
@click.option("--client", type=_client, help="With --print-config: which assistant.")
@click.pass_context
def mcp(context: click.Context, print_config: bool, client: str | None) -> None:
    """Serve the tools to an assistant over standard input and output."""
    from services.local.cli import mcp as server

    if context.invoked_subcommand is not None:
        return
    if print_config:
        server.print_config(client)
    else:
        server.run(_settings())


@mcp.command("install")
@click.option("--client", "clients", type=_client, multiple=True, help="Which assistant; left out: all that are here.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def install_mcp(clients: tuple[str, ...], yes: bool) -> None:
    """Write the entry into an assistant's settings, after asking, with a backup."""
    from services.local.cli import installing

    installing.install(clients, yes=yes)


def main() -> None:
    """Run the command line; never show a traceback unless TASKORA_LOG_LEVEL is DEBUG."""
    os.umask(0o077)  # what any command makes is its owner's alone
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a title can hold what the terminal cannot show
    try:
        code = app.main(prog_name="taskora", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(err=True)
        code = exits.INTERRUPTED
    except BrokenPipeError:
        _leave_pipe()
        code = 0
    except TaskoraError as error:
        _tell(error)
        code = exits.code_of(error)
    except Exception as error:  # noqa: BLE001  the outermost edge of the process
        if os.environ.get("TASKORA_LOG_LEVEL", "").upper() == "DEBUG":
            import traceback

            traceback.print_exc()
        click.echo(
            f"{exits.MARK}a defect of Taskora ({type(error).__name__}). Set TASKORA_LOG_LEVEL=DEBUG to see where.",
            err=True,
        )
        code = exits.DEFECT
    sys.exit(code)


def _leave_pipe() -> None:
    """Let the interpreter end without a word about output that nobody reads any more, as of `taskora list | head -1`."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(error: TaskoraError) -> None:
    """Say what went wrong: as the problem where JSON is asked for, else as a line, with the tasks that may be meant."""
    if "--json" in sys.argv:
        click.echo(json.dumps({"problem": to_problem(error)}, ensure_ascii=False, indent=2, default=str))
        return
    from services.local.cli import outcome

    outcome.refuse(to_problem(error))


def _settings() -> Settings:
    return Settings.read(os.environ)
