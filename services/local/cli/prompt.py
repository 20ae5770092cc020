"""The prompt of `taskora chat` at a terminal: history, completion of tags, and in colour what is understood while one types."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import FileHistory
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.styles import Style

from services.local import folder
from services.local.cli.colours import FOR_PROMPT
from services.local.cli.host_client import HostClient
from services.local.cli.live import LiveReader
from services.local.cli.screen import Screen
from taskora.domain.errors import TaskoraError

PROMPT = "> "
_STYLE = Style.from_dict({"bottom-toolbar": "noreverse nobold fg:ansibrightblack"})


def typed(client: HostClient, screen: Screen) -> Iterator[str]:
    """Yield the lines that a person types, with a history that outlives the session. Ctrl-D ends it, Ctrl-C a line."""
    reader = LiveReader(client)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(folder.chat_history(client.settings.data_dir))),
        auto_suggest=AutoSuggestFromHistory(),
        lexer=SpanLexer(reader) if screen.coloured else None,
        completer=TagCompleter(client),
        complete_while_typing=False,
        bottom_toolbar=lambda: reader.understood(session.default_buffer.text),
        color_depth=None if screen.coloured else ColorDepth.DEPTH_1_BIT,
        style=_STYLE,
    )
    while True:
        try:
            yield session.prompt(PROMPT)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


class SpanLexer(Lexer):
    """Colours the pieces of a line that were understood."""

    def __init__(self, reader: LiveReader) -> None:
        self._reader = reader

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return the function that gives the coloured pieces of a line."""
        return lambda _: self.coloured(document.text)

    def coloured(self, text: str) -> StyleAndTextTuples:
        """Return the pieces of a line, each with its style."""
        reading = self._reader.read(text)
        pieces: StyleAndTextTuples = []
        position = 0
        for span in sorted(reading.spans, key=lambda one: one.start) if reading else ():
            if span.start < position:
                continue
            pieces.append(("", text[position : span.start]))
            pieces.append((FOR_PROMPT.get(span.kind, ""), text[span.start : span.end]))
            position = span.end
        pieces.append(("", text[position:]))
        return pieces


class TagCompleter(Completer):
    """Completes a tag after "#". The tags are read once for a conversation."""

    def __init__(self, client: HostClient) -> None:
        self._client = client
        self._names: Sequence[str] | None = None

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterable[Completion]:
        """Yield the tags that begin as the word before the cursor."""
        word = document.get_word_before_cursor(WORD=True)
        if not word.startswith("#"):
            return
        if self._names is None:
            try:
                self._names = [str(tag["name"]) for tag in self._client.get("/tags")["tags"]]
            except TaskoraError:
                self._names = []
        for name in self._names:
            if name.casefold().startswith(word[1:].casefold()):
                yield Completion(f"#{name}", start_position=-len(word))
