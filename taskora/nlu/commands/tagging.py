"""Adding and removing tags: tag groceries with home, add the tag work to report, remove the work tag from report, untag X."""

from taskora.nlu.commands.bulk import aimed
from taskora.nlu.commands.clause import Clause, Found, Piece
from taskora.nlu.reading import Changes, Command, Intent
from taskora.nlu.wordlists import word_set

_BETWEEN = word_set("and & , + plus")
_NOT_TAGS = word_set("the a an tag tags label labels # @ % * as with")
_SIGILS = "#@%*"
MOST_WORDS_OF_A_TAG = 3


def tag(_clause: Clause, found: Found) -> Command | None:
    """Add the tags `tags` to the task `target`."""
    tags = tags_of(found["tags"])
    return aimed(Command(Intent.UPDATE, changes=Changes(tags_add=tags)), found["target"]) if tags else None


def tag_rest(_clause: Clause, found: Found) -> Command | None:
    """Add the tags behind the first sigil of "tag report #work", or the second of two words: tag milk shopping."""
    rest = found["rest"]
    words = rest.clause.tokens.words
    sigil = next((i for i in range(rest.first + 1, rest.last) if words[i] in _SIGILS), None)
    if sigil is None and rest.last - rest.first == 2:
        sigil = rest.last - 1
    tags = tags_of(rest.cut(sigil, rest.last)) if sigil is not None else ()
    if sigil is None or not tags:
        return None
    return aimed(Command(Intent.UPDATE, changes=Changes(tags_add=tags)), rest.cut(rest.first, sigil))


def untag(_clause: Clause, found: Found) -> Command | None:
    """Take the tags `tags` from the task `target`."""
    tags = tags_of(found["tags"])
    return aimed(Command(Intent.UPDATE, changes=Changes(tags_remove=tags)), found["target"]) if tags else None


def untag_all(_clause: Clause, found: Found) -> Command:
    """Take all tags from the task `target`; of two words the second is the tag: untag taxes finance."""
    target = found["target"]
    if target.last - target.first == 2 and target.words[0] not in _NOT_TAGS:
        command = Command(Intent.UPDATE, changes=Changes(tags_remove=tags_of(target.cut(target.last - 1, target.last))))
        return aimed(command, target.cut(target.first, target.last - 1))
    return aimed(Command(Intent.UPDATE, changes=Changes(cleared=frozenset({"tags"}))), found["target"])


def tags_of(piece: Piece) -> tuple[str, ...]:
    """Return the tags that a piece lists: work; "home and garden"; #a #b. None when it is a sentence."""
    tokens = piece.clause.tokens
    tags: list[str] = []
    start = piece.first
    for i in range(piece.first, piece.last + 1):
        at_end = i == piece.last
        begins = not at_end and tokens.words[i] in _SIGILS and not tokens.glued(i)
        if not at_end and tokens.words[i] not in _BETWEEN and not begins:
            continue
        tags += _tag(piece.cut(start, i))
        start = i if begins else i + 1
    short = all(len(tag.split()) <= MOST_WORDS_OF_A_TAG for tag in tags)
    return tuple(dict.fromkeys(tags)) if short else ()


def _tag(piece: Piece) -> list[str]:
    first, last = piece.first, piece.last
    words = piece.clause.tokens.words
    while first < last and words[first] in _NOT_TAGS:
        first += 1
    while last > first and words[last - 1] in {"tag", "tags", "label", "labels"}:
        last -= 1
    text = piece.cut(first, last).text.strip("\"'“”‘’`")
    return [text] if text else []


ROWS = (
    (
        untag,
        """
        remove/delete/drop/take/strip/clear [the] tag/tags/label/labels {tags} (from|off|off of|on) {target}
        remove/delete/drop/take/strip [the] {tags} tag/tags/label/labels (from|off|off of|on) {target}
        untag/unlabel {tags} from {target}
        untag/unlabel {target} as/from/with {tags}
        remove/take/drop {tags:sigiltag} (from|off) {target}
        """,
    ),
    (
        untag_all,
        """
        remove/delete/drop/clear/strip [all] [the|its] tags/labels (from|off|of|on) {target}
        untag/unlabel {target}
        """,
    ),
    (
        tag,
        """
        tag/label [the] {target} (with|as|under) [the] [tag|tags|label] {tags}
        tag/label {target:pronoun} [all|both] {tags}
        mark/categorize/categorise/file {target} (with the tag|with the label|under|with tag|with label) {tags}
        add/put/attach/apply/assign/give [the|a|another|new] tag/tags/label/labels {tags} (to|on|onto) {target}
        add/put/attach/apply/assign [the|a] {tags} tag/tags/label/labels (to|on|onto) {target}
        add/put/attach/apply {tags:sigiltag} (to|on|onto) {target}
        give {target} [the|a] tag/label {tags}
        give {target} the {tags} tag/label
        """,
    ),
    (tag_rest, "tag/label {rest}"),
)
