"""`taskora chat`: a conversation at the terminal, a line a sentence from a pipe, or one line from the command."""

import sys
from collections.abc import Iterator

import click

from services.local import exits, folder
from services.local.cli.talk import Conversation
from taskora.config import Settings
from taskora.domain.errors import TaskoraError


def run(settings: Settings, text: str | None) -> int:
    """Say what there is to say and return the exit code: that of the last line that failed, else 0."""
    conversation = Conversation(settings, lambda line: click.echo(line, err=True))
    if text is not None:
        return _say(conversation, text)
    talking = sys.stdin.isatty()
    click.echo(f"Taskora is running at {conversation.connect().url}", err=not talking)
    code = 0
    for line in _typed(settings) if talking else sys.stdin:
        if line.strip():
            code = _say(conversation, line.strip()) or code
    return 0 if talking else code


def _say(conversation: Conversation, line: str) -> int:
    """Say one line and print the reply as it comes."""
    written = False
    try:
        for piece in conversation.say(line):
            click.echo(piece, nl=False)
            written = True
    except TaskoraError as error:
        if written:
            click.echo()
        click.echo(exits.line_of(error), err=True)
        return exits.code_of(error)
    except KeyboardInterrupt:
        click.echo()
        return exits.INTERRUPTED
    click.echo()
    return 0


def _typed(settings: Settings) -> Iterator[str]:
    """Yield the lines that a person types, with a history that outlives the session. Ctrl-D ends it, Ctrl-C a line."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    session: PromptSession[str] = PromptSession(history=FileHistory(str(folder.chat_history(settings.data_dir))))
    click.echo('Say what is to be done, such as "add daily task standup due 9am tagged work". Ctrl-D ends this.')
    while True:
        try:
            yield session.prompt("> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
