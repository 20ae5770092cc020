"""The form of a language's table: English words with the forms that mean them, and the words that make the language certain."""

from dataclasses import dataclass, field

from taskora.nlu.wordlists import word_set

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """A language. `signs` are words that no English line holds; one of them makes a line one of this language.

    `hints` are words that make it certain by twos; `dated` make it certain before a number (am 31.10.).
    `between` are the words around the first of two numbers that are from and to (von 10 bis 12).
    `rows` are pairs of English words and their forms, parted by "|"; a form has at least as many words as its English.
    """

    code: str
    signs: str
    hints: str
    dated: str
    between: tuple[str, str]
    rows: tuple[tuple[str, str], ...]
    certain: frozenset[str] = field(init=False)
    likely: frozenset[str] = field(init=False)
    forms: dict[str, tuple[tuple[Phrase, Phrase], ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Index the forms by their first word, the longest first."""
        found: dict[str, list[tuple[Phrase, Phrase]]] = {}
        for english, forms in self.rows:
            for form in forms.split("|"):
                words = tuple(form.split())
                found.setdefault(words[0], []).append((words, tuple(english.split())))
        ordered = {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}
        object.__setattr__(self, "certain", word_set(self.signs))
        object.__setattr__(self, "likely", word_set(self.hints))
        object.__setattr__(self, "forms", ordered)
