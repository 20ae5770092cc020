"""The program `taskora`: its commands, and the edge at which an error becomes one line and an exit code (see `exits`).

On click, and with nothing imported that a command can do without: `taskora list` has a quarter of a second for everything.
"""

import io
import json
import os
import sys
from typing import TYPE_CHECKING

import click

from services.local import exits
from services.local.cli import task_program
from services.local.cli.assistants import ASSISTANTS
from taskora.api.problems import to_problem
from taskora.config import Settings
from taskora.domain.errors import TaskoraError

if TYPE_CHECKING:
    from services.local.cli.screen import Screen


@click.group(context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100})
def app() -> None:
    """Keep tasks by talking. Begin with: taskora chat."""


_json = task_program.json_option
for _command in task_program.COMMANDS:
    app.add_command(_command)


@app.command()
@click.option("--detach", "-d", is_flag=True, help="Run in the background, with a log file.")
@_json
def up(detach: bool, as_json: bool) -> None:
    """Run Taskora and print its address."""
    from services.local.cli import host

    host.up(*_opened(as_json), detach=detach)


@app.command()
@_json
def down(as_json: bool) -> None:
    """End what runs in the background."""
    from services.local.cli import host

    host.down(*_opened(as_json))


@app.command("open")
@_json
def open_browser(as_json: bool) -> None:
    """Print a link that lets your browser in.

    It works once, within five minutes.
    """
    from services.local.cli import host

    host.open_browser(*_opened(as_json))


@app.command()
@click.argument("text", required=False)
@_json
def chat(text: str | None, as_json: bool) -> None:
    """Talk with Taskora.

    One line, a conversation at the terminal, or a line a sentence from a pipe.
    """
    from services.local.cli import chat as talk

    sys.exit(talk.run(*task_program.opened(as_json), text))


@app.command()
@_json
def doctor(as_json: bool) -> None:
    """Look for what could keep it from working.

    Folder, host, database, events and zone; exit with 1 when something is wrong.
    """
    from services.local.cli import doctor as checks

    sys.exit(checks.run(*_opened(as_json)))


@app.command()
@_json
def migrate(as_json: bool) -> None:
    """Bring the database to this version.

    Before a server of it is started.
    """
    from services.local.cli import migrate as migration

    migration.run(*_opened(as_json))


@app.command()
@click.option("--user", required=True, help="The user whom the token stands for.")
@click.option(
    "--audience", default="tasks", help="tasks: the API; agent: the chat; mcp: the tools; ops: for operators."
)
@click.option("--minutes", type=click.IntRange(1), default=60, help="For how long it holds, at most a day.")
@_json
def token(user: str, audience: str, minutes: int, as_json: bool) -> None:
    """Print a token for a user of a server.

    Signed with its TASKORA_SIGNING_KEY.
    """
    from services.local.cli import token as tokens

    tokens.run(*_opened(as_json), user=user, audience=audience, minutes=minutes)


@app.command()
@click.argument("words", nargs=-1)
@_json
def explain(words: tuple[str, ...], as_json: bool) -> None:
    """Show how a line is read.

    Its pieces, how sure each is, and why.
    """
    from services.local.cli import explain as explaining

    explaining.run(*_opened(as_json), words)


_url = click.option(
    "--url", help="Address of a server; its TASKORA_SIGNING_KEY must be set. Left out: the host of these settings."
)


@app.group("dead-letters")
def dead_letters() -> None:
    """Show and replay events that got stuck."""


@dead_letters.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, help="How many at most.")
@_url
@_json
def list_dead_letters(limit: int, url: str | None, as_json: bool) -> None:
    """List the events that a consumer could not handle or the broker refused, each with its reason."""
    from services.local.cli import dead_letters as stuck

    stuck.show_all(*_opened(as_json), url, limit)


@dead_letters.command("show")
@click.argument("letter")
@_url
@_json
def show_dead_letter(letter: str, url: str | None, as_json: bool) -> None:
    """Show one with its event; LETTER is its id in the list."""
    from services.local.cli import dead_letters as stuck

    stuck.show(*_opened(as_json), url, letter)


@dead_letters.command("replay")
@click.argument("letters", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All of them.")
@_url
@_json
def replay_dead_letters(letters: tuple[str, ...], every: bool, url: str | None, as_json: bool) -> None:
    """Deliver them again, each to the consumer that it got stuck with; exit with 1 when one cannot be."""
    from services.local.cli import dead_letters as stuck

    sys.exit(stuck.replay(*_opened(as_json), url, list(letters), every=every))


@app.command()
@click.option("--consumer", required=True, help="The consumer that gets the events, and no other.")
@click.option("--user", help="Only the changes of this user.")
@click.option("--since", help="Only changes since then: 2026-11-01, or an ISO 8601 instant.")
@_url
@_json
def replay(consumer: str, user: str | None, since: str | None, url: str | None, as_json: bool) -> None:
    """Hand past events to one consumer.

    Such as a new one; what it has done already it does not do twice.
    """
    from services.local.cli import replay as replaying

    replaying.run(*_opened(as_json), url, consumer=consumer, user=user, since=since)


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


@app.group()
def service() -> None:
    """Have Taskora start at login."""


@service.command("install")
@_json
def install_service(as_json: bool) -> None:
    """Start Taskora now and at every login, by systemd or launchd."""
    from services.local.cli import service as services

    sys.exit(services.install(*_opened(as_json)))


@service.command("uninstall")
@_json
def uninstall_service(as_json: bool) -> None:
    """Start it at login no more, and end it."""
    from services.local.cli import service as services

    sys.exit(services.uninstall(*_opened(as_json)))


@app.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script for shell completion.

    Put this into ~/.bashrc: eval "$(taskora completion bash)"
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(app, {}, "taskora", "_TASKORA_COMPLETE").source())


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


def _opened(as_json: bool) -> "tuple[Settings, Screen]":
    from services.local.cli.screen import Screen

    settings = Settings.read(os.environ)
    return settings, Screen.of(settings, as_json=as_json)


def _settings() -> Settings:
    return Settings.read(os.environ)
