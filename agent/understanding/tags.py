"""Orders about tags themselves: which there are, another name or colour, away with one. Tagging a task is an update of it."""

from collections.abc import Callable

from agent.session import Call
from agent.speaking.facts import Tag, Tags
from agent.speaking.replies import Told, new_question
from agent.steps import Step, asking, calling
from agent.understanding.commands import Translator
from agent.understanding.forms import Forms

_SIGILS = "#@%"
_LIST = Forms("""
    (show|list|display|see|give me|tell me|what are|which are) [me] [all] [of] [my|the] (tags|labels) [[that] i (have|use)]
    (what|which|how many) (tags|labels) (do i have|do i use|are there|exist|have i got) [already]
    [all] [my] (tags|labels)
""")
_RENAMES = Forms("""
    (rename|change) [the|my] (tag|label) {name:tag} (to|into|as) {new:tag}
    (rename|change) [the] {name:sigil} [tag|label] (to|into|as) {new:tag}
    (rename|change) [the|my] {name:tag} (tag|label) (to|into|as) {new:tag}
    (merge|join|combine) [the] (tag|tags|label|labels) {name:tag} (into|with|and|to) {new:tag}
    (merge|join|combine) [the] {name:sigil} (into|with|and|to) {new:sigil}
""")
_COLOURINGS = Forms("""
    (make|colour|color|paint|set|turn|mark|give) [the|my] (tag|label) {name:tag} [to|in|as] {colour:colour}
    (make|colour|color|paint|set|turn|mark) [the|my] {name:tag} (tag|label) [to|in|as] {colour:colour}
    (make|colour|color|paint|set|turn|mark) [the] {name:sigil} [to|in|as] {colour:colour}
    (set|change|make) [the] (colour|color) (of|for) [the|my] [tag|label] {name:tag} [tag|label] (to|into) {colour:colour}
""")
_DELETIONS = Forms("""
    (delete|remove|drop|get rid of|erase) [the|my] (tag|label) [called|named] {name:tag} [everywhere|entirely|for good]
    (delete|remove|drop|get rid of|erase) [the|my] {name:tag} (tag|label) [everywhere|entirely|for good]
    (delete|drop|get rid of|erase) [the] {name:sigil}
""")
Follow = Callable[[Tag], Told | Step]


def tag_order(line: str, _translator: Translator) -> Step | None:
    """Return what a line does with tags, or None when it is about something else."""
    if _LIST.fits(line):
        return calling(Call("manage_tags", {"action": "list"}))
    if found := _COLOURINGS.read(line):
        colour = "grey" if found["colour"].lower() == "gray" else found["colour"].lower()
        return _known(found["name"], lambda tag: _changing("colour", {"tag": tag.name, "colour": colour}))
    if found := _RENAMES.read(line):
        new = found["new"].lstrip(_SIGILS)
        return _known(found["name"], lambda tag: _changing("rename", {"tag": tag.name, "name": new}))
    if found := _DELETIONS.read(line):
        return _known(found["name"], _ask_to_delete)
    return None


def _known(name: str, follow: Follow) -> Step:
    """Look whether there is such a tag, and what it is like now, before anything is done with it."""

    def looked(tags: Tags) -> Told | Step:
        bare = name.lstrip(_SIGILS)
        found = next((tag for tag in tags.tags if tag.name.casefold() == bare.casefold()), None)
        return follow(found) if found else Told(_unknown(bare, tags.tags))

    return asking(Call("manage_tags", {"action": "list"}), Tags, looked)


def _unknown(name: str, tags: list[Tag]) -> str:
    known = ", ".join(f"#{tag.name}" for tag in tags[:10])
    return f"There is no tag “{name}”, so nothing was changed." + (f" There are {known}." if known else "")


def _changing(action: str, item: dict[str, object]) -> Step:
    return calling(Call("manage_tags", {"action": action, "items": [item]}))


def _ask_to_delete(tag: Tag) -> Told:
    call = Call("manage_tags", {"action": "delete", "items": [{"tag": tag.name}]})
    tasks = f"{tag.open} open {'task' if tag.open == 1 else 'tasks'}" if tag.open else "no open task"
    return Told(
        f"This would take the tag #{tag.name} away, from {tasks}. Shall I? Say yes to go on.", new_question(call)
    )
