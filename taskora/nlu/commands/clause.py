"""One clause of a line: its tokens, the words around the command that mean nothing, and the pieces that a pattern captured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taskora.nlu.commands.politeness import after_courtesy, before_courtesy
from taskora.nlu.reading import Context, Span
from taskora.nlu.tokens import Tokens, tokenise


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a line that holds one command. `offset` is where it begins in the line.

    `first` and `last` bound the words without courtesies ("can you please … for me"); `asked` tells that the assistant
    was asked to do it ("can you"). `taken` collects what reading a new task takes out of the clause.
    """

    text: str
    context: Context
    offset: int
    tokens: Tokens
    first: int
    last: int
    asked: bool
    taken: list[Span] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, context: Context, offset: int = 0) -> "Clause":
        """Cut a text into words and find the courtesies."""
        tokens = tokenise(text, context.preferences.locale)
        first, asked = after_courtesy(tokens.words)
        last = _after_marks(tokens, before_courtesy(tokens.words, first))
        return cls(text, context, offset, tokens, first, last, asked)

    @property
    def is_question(self) -> bool:
        """Tell whether it ends with a question mark."""
        return "?" in self.tokens.words[-2:]

    def take(self, start: int, spans: Sequence[Span]) -> None:
        """Note what was taken out of the text that begins at the character `start` of the clause."""
        self.taken[:] = [
            Span(one.start + start + self.offset, one.end + start + self.offset, one.kind) for one in spans
        ]

    def whole(self) -> "Piece":
        """Return the clause without courtesies."""
        return Piece(self, self.first, self.last)

    def piece(self, first: int, last: int) -> "Piece":
        """Return the tokens `[first, last)`."""
        return Piece(self, first, last)


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens `[first, last)` of a clause."""

    clause: Clause
    first: int
    last: int

    @property
    def text(self) -> str:
        """Return the text as it stands in the line."""
        return self.clause.tokens.slice(self.first, self.last) if self.last > self.first else ""

    @property
    def words(self) -> tuple[str, ...]:
        """Return the lower-case words."""
        return self.clause.tokens.words[self.first : self.last]

    @property
    def start(self) -> int:
        """Return the character of the clause at which it begins."""
        return self.clause.tokens[self.first].start

    def cut(self, first: int, last: int) -> "Piece":
        """Return other tokens of the same clause."""
        return Piece(self.clause, first, last)

    def span(self, kind: str) -> Span:
        """Return where it stands in the line."""
        start, end = self.clause.tokens.span(self.first, self.last)
        return Span(start + self.clause.offset, end + self.clause.offset, kind)


Found = Mapping[str, Piece]
"""What a pattern captured, by name."""


def _after_marks(tokens: Tokens, last: int) -> int:
    """Keep marks that stand by themselves behind the last word, for they say a priority ("call the bank !!")."""
    end = last
    while tokens.word(end) == "!" and (end == last or tokens.glued(end)):
        end += 1
    return end if end - last > 1 and not tokens.glued(last) else last
