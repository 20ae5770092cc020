"""How tables of words are written here: one string, parted by blanks. The words themselves stand where they are used."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a table as a set."""
    return frozenset(text.split())
