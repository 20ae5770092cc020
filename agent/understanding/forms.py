"""Tables of the forms that a line may have, one a line, written as people say them: `rename [the] tag {name} to {new}`.

`[…]` may be missing, `(…|…)` is one of several, `{name}` is any words, `{name:kind}` words of a kind. Case, and punctuation
at the end of a word, do not matter. Below stand only regular expressions; every table of orders stands above.
"""

import re
from collections.abc import Mapping

from taskora.domain.fields import COLOURS

LONGEST = 300
"""Characters of a line that may be an order; to try forms with many pieces on a longer one takes too long."""
_TOKEN = re.compile(r"\{(?P<name>\w+)(?::(?P<kind>\w+))?\}|[\[\]()|]|[^\s\[\]()|{}]+")
_PUNCTUATION = re.compile(r"[,.!?;:]+(?=\s|$)")
_KINDS: Mapping[str, str] = {
    "words": r".+?",
    "word": r"[\w'’-]+",
    "tag": r"[#@%]?[\w-]+(?:\s[\w-]+)?",
    "sigil": r"[#@%][^\W\d][\w-]*",
    "number": r"#\d+",
    "rule": r"(?:every|each)\b.+|daily|weekly|monthly|yearly|annually|biweekly|fortnightly|quarterly",
    "week": r"next\sweek|the\sweek\safter|a\sweek\slater|the\sfollowing\sweek",
    "whose": r"(?:today|tomorrow|\w+day)'s",
    "way": r"later|back|earlier|sooner",
    "count": r"\d{1,2}|a\scouple|two|three|four|five|six|seven|eight|nine|ten|few",
    "colour": rf"{'|'.join(COLOURS)}|gray|#[0-9a-f]{{6}}",
    "when": r"(?:on|in|after|by|at|this|next|until|till|tomorrow|today)\b.*",
    "recently": r"today|yesterday|(?:this|last)\s\w+|(?:in\s)?the\slast\s\w+(?:\s\w+)?|(?:on\s)?\w+day|recently|lately|so\sfar",
}
COUNTS: Mapping[str, int] = {
    "a couple": 2, "few": 3, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip


class Forms:
    """One table. `read` returns the pieces that the first form which fits gives to its names."""

    def __init__(self, table: str) -> None:
        self._forms = tuple(_compiled(line) for line in table.replace("\\\n", " ").strip().splitlines())

    def read(self, line: str) -> Mapping[str, str] | None:
        """Return the named pieces of a line that has one of the forms, None for any other line and for a very long one."""
        if len(line) > LONGEST:
            return None
        said = f" {' '.join(plain(line).split())}"
        for form in self._forms:
            if found := form.fullmatch(said):
                return {name: piece for name, piece in found.groupdict().items() if piece is not None}
        return None

    def fits(self, line: str) -> bool:
        """Tell whether a line has one of the forms."""
        return self.read(line) is not None


def plain(line: str) -> str:
    """Return a line without punctuation at the end of its words, and with straight apostrophes."""
    return _PUNCTUATION.sub("", line.replace("’", "'")).strip()


def count_of(words: str) -> int:
    """Return the number that a piece of kind `count` says."""
    return COUNTS.get(words.lower()) or int(words)


def _compiled(form: str) -> re.Pattern[str]:
    parts = [_part(token) for token in _TOKEN.finditer(form)]
    return re.compile("".join(parts), re.IGNORECASE)


def _part(token: re.Match[str]) -> str:
    """Return the expression for a token; each word brings the space before it."""
    if token["name"]:
        return rf"\s+(?P<{token['name']}>{_KINDS[token['kind'] or 'words']})"
    return {"[": "(?:", "(": "(?:", "]": ")?", ")": ")", "|": "|"}.get(token[0]) or rf"\s+{re.escape(token[0])}"
