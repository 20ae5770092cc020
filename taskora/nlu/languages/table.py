"""The form of a language's table: English words with the forms that mean them, and the words that make the language certain."""

from dataclasses import dataclass, field

from taskora.nlu.wordlists import word_set

Phrase = tuple[str, ...]
Forms = dict[str, tuple[tuple[Phrase, Phrase], ...]]


@dataclass(frozen=True)
class Language:
    """A language. `signs` are words that no English line holds; one of them makes a line one of this language.

    `hints` are words that make it certain by twos; `dated` make it certain before a number (am 31.10.).
    `between` are the words around the first of two numbers that are from and to (von 10 bis 12).
    `rows` are pairs of English words and their forms, parted by "|"; a form has at least as many words as its English.
    `short` are rows that count only for people who write in the language ("za" is Saturday). `days` and `parts` are words
    with their English that are written as one: zaterdagavond.
    """

    code: str
    signs: str
    hints: str
    dated: str
    between: tuple[str, str]
    rows: tuple[tuple[str, str], ...]
    short: tuple[tuple[str, str], ...] = ()
    days: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    certain: frozenset[str] = field(init=False)
    likely: frozenset[str] = field(init=False)
    forms: Forms = field(init=False)
    own: Forms = field(init=False)
    compounds: dict[str, tuple[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        """Index the forms by their first word, the longest first."""
        compounds = {
            f"{day}{part}": (len(day), english) for day, _ in self.days for part, english in self.parts if day != part
        }
        object.__setattr__(self, "certain", word_set(self.signs) | compounds.keys())
        object.__setattr__(self, "likely", word_set(self.hints))
        object.__setattr__(self, "forms", _by_first_word(self.rows))
        object.__setattr__(self, "own", _by_first_word((*self.rows, *self.short)))
        object.__setattr__(self, "compounds", compounds)


def _by_first_word(rows: tuple[tuple[str, str], ...]) -> Forms:
    found: dict[str, list[tuple[Phrase, Phrase]]] = {}
    for english, forms in rows:
        for form in forms.split("|"):
            words = tuple(form.split())
            found.setdefault(words[0], []).append((words, tuple(english.split())))
    return {first: tuple(sorted(known, key=lambda row: -len(row[0]))) for first, known in found.items()}
