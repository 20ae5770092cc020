"""`taskora chat`: a conversation at the terminal, a line a sentence from a pipe, or one line from the command."""

import json
import sys
from collections.abc import Iterator

import click

from services.local import exits
from services.local.cli.host_client import HostClient
from services.local.cli.progress import Progress
from services.local.cli.screen import Look, Screen, clean, note
from services.local.cli.talk import Conversation
from taskora.api.problems import to_problem
from taskora.domain.errors import TaskoraError

GREETING = 'Say what is to be done, such as "add daily task standup due 9am tagged work", or "help". Ctrl-D ends this.'
STOPPED = "(stopped listening; what was begun goes on: see `taskora history`, or say undo)"


def run(client: HostClient, screen: Screen, text: str | None) -> int:
    """Say what there is to say and return the exit code: that of the last line that failed, else 0."""
    conversation = Conversation(client)
    if text is not None:
        return _say(conversation, screen, text)
    talking = sys.stdin.isatty()
    greeting = f"Taskora is running at {client.connect().url}"
    click.echo(greeting, err=not talking or screen.look is Look.JSON)
    code = 0
    for line in _typed(client, screen) if talking else sys.stdin:
        if line.strip():
            code = _say(conversation, screen, line.strip()) or code
    return 0 if talking else code


def _typed(client: HostClient, screen: Screen) -> Iterator[str]:
    note(GREETING)
    if screen.look is Look.DRAWN:
        from services.local.cli.prompt import typed

        yield from typed(client, screen)
        return
    while True:  # a terminal that can do nothing but print lines
        try:
            yield input("> ")
        except KeyboardInterrupt:
            note("")
        except EOFError:
            return


def _say(conversation: Conversation, screen: Screen, line: str) -> int:
    """Say one line and print the reply as it comes."""
    written = False
    try:
        with Progress(screen, "Working") as progress:
            for piece in conversation.say(line):
                progress.stop()
                if screen.look is not Look.JSON:
                    click.echo(_shown(piece), nl=False)
                    written = True
    except TaskoraError as error:
        if written:
            click.echo()
        _fail(screen, error)
        return exits.code_of(error)
    except KeyboardInterrupt:
        click.echo()
        note(STOPPED)
        return exits.INTERRUPTED
    click.echo(json.dumps(conversation.told, ensure_ascii=False) if screen.look is Look.JSON else "")
    return 0


def _fail(screen: Screen, error: TaskoraError) -> None:
    if screen.look is Look.JSON:
        click.echo(json.dumps({"problem": to_problem(error)}, ensure_ascii=False, default=str))
    else:
        note(clean(exits.line_of(error)))


def _shown(piece: str) -> str:
    """Return a piece of a reply without what could steer the terminal; its lines stay lines."""
    return "\n".join(map(clean, piece.split("\n")))
