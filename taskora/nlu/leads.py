"""Words around a task that are no part of its title: add task, remind me to, I need to, pls; to my list, thanks."""

from taskora.nlu.candidates import Match
from taskora.nlu.salutations import SALUTING, after_salutation
from taskora.nlu.tokens import TokenKind, Tokens
from taskora.nlu.verbs import ACTIONS

Forms = dict[str, tuple[tuple[str, ...], ...]]


def _forms(text: str) -> Forms:
    """Return phrases, parted by |, by their first word, the longest first."""
    phrases = sorted((tuple(form.split()) for form in text.split("|")), key=len, reverse=True)
    return {phrase[0]: tuple(other for other in phrases if other[0] == phrase[0]) for phrase in phrases}


_FILLERS = _forms(
    "please|pls|plz|kindly|hey|hi|hello|ok|okay|oh|yo|hey taskora|taskora|can you|could you|would you|will you|can you please"
    "|could you please|would you please|can u|could u|can i|could i|can we|i want you to|i'd like you to|i would like you to"
    "|it would be great if you could|it'd be great if you could|i'd appreciate it if you could|if you could"
    "|go ahead and|quickly|you should|would you mind|do me a favor and|do me a favour and"
)
_NEEDS = _forms(
    "i need to|i have to|i've got to|i have got to|i got to|i gotta|i must|i should|i ought to|i better|i'd better|we need to"
    "|we have to|we should|we must|need to|have to|gotta|got to|must|i've to|i am supposed to|i'm supposed to|ive got to"
    "|i should really|i should probably|i probably should"
    "|i really need to|i really should|i really have to|i still need to|i still have to|i also need to"
    "|i also have to|i will need to|i'll need to|i will have to|i'll have to|i'm going to|i am going to|i'm gonna|i will"
    "|i'll|i plan to|i want to|i'd like to|i would like to|i should like to|i wanna|i think i need to|i think i should|we gotta"
    "|we're meant to|we are meant to|i'm meant to|we're supposed to|we are supposed to|supposed to|meant to|had better"
    "|i had better|we'd better|we had better|better|i guess i should|i suppose i should|i'm due to|we're going to|we're gonna"
    "|i am needing to|i'm needing to|i am having to|i'm having to|needs to|wanna|gonna|want to|going to|should"
    "|i have a|i have an|i've got a|i've got an|i got a|i got an|we have a"
    "|we have an|we've got a|there is a|there is an|there's a|there's an|theres a|ive got a"
)
_REMINDS = _forms(
    "remindme|remind me to|remember that"
    "|remind me that i need to|remind me that i have to|remind me i need to|remind me i have to|remind me about"
    "|remind me of|remind me that|remind me|remember to|reminder to|reminder that|reminder for|set a reminder to"
    "|set a reminder for|set reminder to|set a reminder that|set reminder for|add a reminder to|add reminder to"
    "|create a reminder to|make sure to|make sure i|make sure that i|be sure to|don't forget to|dont forget to|do not forget to"
    "|don't let me forget to|dont let me forget to|do not let me forget to|don't forget|dont forget|never forget to"
    "|remidn me to|remeber to|remmeber to|remined me to|rember to|reminde me to|rmind me to|remid me to|don't let me forget"
    "|i need a reminder to|i need reminding to|i need to be reminded to|need a reminder to|give me a reminder to"
    "|i want a reminder to"
    "|throw in a reminder to|put in a reminder to|set me a reminder to|set up a reminder to|set up a reminder for|remind us to"
    "|schedule a reminder to|schedule a reminder for|give me a nudge to|nudge me to|ping me to|send me a reminder to"
    "|remind me i gotta"
    "|remind me i've got to|give me a shout to|give me a heads up to|i'd like a reminder to|i'd like to be reminded to"
    "|i would like to be reminded to|i should like to be reminded to|i want to be reminded to|i need you to remind me to"
    "|make a note to|make a note that|make note to|make a note of|take a note to|note to self to|note to self"
)
_ADD = _forms("add|ad|jot down|write down|note down|note that|add in|also add")
_VERBS = _forms(
    "add|ad|create|make|new|put|put in|throw in|put down|schedule|set up|enter|insert|log|start|open|get me|give me"
)
_ARTICLES = _forms("a|an|the|another|a new|one more|new|my|one|this|the following|following")
_NOUNS = _forms(
    "task|todo|to do|to - do|todo item|to do item|to - do item|reminder|task item|item|entry|tasks|todos|tsk|taks"
)
_LINKS = _forms(
    "for me to|to|called|named|for|that says|saying|titled|about|of|i need to|which says|with the title|with title"
)
_LABELS = _forms(
    "task|todo|to do|to - do|new task|new todo|reminder|add|note to self|item|action item|new item|action|new|add task"
    "|remember|remind me|create|log|schedule|reminder to self|jot this down|note this|note this down|write this down|add this"
    "|add to list|add to my list|add to the list|for the list|for my list|put this on my list"
)
_BARE_LABELS = _forms("todo|to do|to - do|task")
_TRAILS = _forms(
    "please|pls|plz|thanks|thank you|thx|ty|thank you very much|thanks a lot|if you can|would you|will you|could you"
    "|for me please"
)
_TRAIL_ENDS = frozenset(form[-1] for forms in _TRAILS.values() for form in forms)
_LISTING_VERBS = _forms(
    "put|stick|throw|chuck|whack|bung|get|i need|we need|i want|place|include|have|drop|enter|insert|need|list|pop|create"
)
_LIST_PREPOSITIONS = frozenset(("to", "on", "onto", "in", "into"))
_LIST_OWNERS = frozenset(("my", "the", "our", "that", "this"))
_LIST_NAMES = _forms(
    "list|todo list|to do list|to - do list|task list|tasks list|tasks|todos|to dos|to - dos|lists|to - do|todo|reminders"
    "|shopping list|grocery list|groceries list|packing list|chores list|chore list|list of things to do|list of tasks"
    "|list of todos|things to do|agenda"
)
_CALENDARS = _forms("calendar|schedule|planner|diary")
_ASKING_STARTS = frozenset().union(_LABELS, _BARE_LABELS, _NEEDS, _REMINDS, _VERBS, _ADD, _LISTING_VERBS)
"""The words with which a request for a task may begin: most lines begin with another."""

_UNOWNED = frozenset(("list", "todo", "to"))
_SOFT = frozenset(("so", "and", "also", "well", "then", "now", "um", "uh", "but", "oh", "ah", "actually", "just"))
"""Words that go only where a request follows them: ok so I need to."""
_STARTS = _ASKING_STARTS | _SOFT | frozenset(_FILLERS) | SALUTING
"""The words with which any lead may begin."""

_PAUSES = frozenset((",", ":", "-", "–", "—", "…"))


def _take(tokens: Tokens, i: int, forms: Forms) -> int:
    """Return the end of the longest phrase at `i`, or `i` without one."""
    for form in forms.get(tokens.word(i), ()):
        end = i + len(form)
        if tokens.words[i:end] == form and tokens.closes(end):
            return end
    return i


def lead_at(tokens: Tokens, i: int = 0) -> Match[bool] | None:
    """Read what leads to a task at `i`: greetings, politeness, `add task`, `remind me to`, `I need to`.

    The value tells whether the words themselves ask for a task, and not only for attention. The end may be the line's.
    """
    if tokens.word(i) not in _STARTS:
        return None
    if i not in tokens.leads:
        tokens.leads[i] = _read(tokens, i)
    found: Match[bool] | None = tokens.leads[i]
    return found


def _read(tokens: Tokens, i: int) -> Match[bool] | None:
    begin, asks = i, False
    i = after_salutation(tokens.words) if i == 0 else i
    while i < len(tokens):
        asked = _asking_end(tokens, i, first=not asks)
        if not asked and tokens.words[i] in _SOFT and _asking_end(tokens, i + 1, first=not asks):
            i += 1
            continue
        end = asked or _take(tokens, i, _FILLERS)
        if end == i:
            break
        asks = asks or bool(asked)
        i = end + 1 if tokens.word(end) in _PAUSES and end < len(tokens) else end
    return Match(i, asks) if i > begin else None


def asks_for_task(tokens: Tokens, first: int) -> bool:
    """Tell whether words from `first` on ask for a new task with more than their verb: make a task …, put … on my list."""
    lead = lead_at(tokens, first)
    return lead is not None and lead.value and (lead.end > first + 1 or _has_list(tokens, lead.end))


def _asking_end(tokens: Tokens, i: int, *, first: bool) -> int:
    """Return the end of words that ask for a task, 0 without any."""
    if tokens.word(i) not in _ASKING_STARTS:
        return 0
    label = _take(tokens, i, _LABELS)
    dash = tokens.word(label) == "-" and not tokens.glued(label) and not tokens.glued(label + 1)
    if label > i and (dash or tokens.word(label) in {":", "–", "—"}):
        return label
    bare = _take(tokens, i, _BARE_LABELS)
    if first and bare > i and tokens.word(bare) in ACTIONS and tokens.word(bare) != "list":
        return bare
    end = max(_take(tokens, i, _NEEDS), _take(tokens, i, _REMINDS), _entry_end(tokens, i))
    if first:
        end = max(end, _take(tokens, i, _ADD), _listing_end(tokens, i))
    return end if end > i else 0


def _entry_end(tokens: Tokens, i: int) -> int:
    """Read add a new task called …: a verb, an article, a noun for a task, a link."""
    verb = _take(tokens, i, _VERBS)
    noun_at = _take(tokens, verb, _ARTICLES)
    noun = _take(tokens, noun_at, _NOUNS)
    return _take(tokens, noun, _LINKS) if verb > i and noun > noun_at else i


def _listing_end(tokens: Tokens, i: int) -> int:
    """Read put … or I need …, which count only before `on my list`."""
    end = _take(tokens, i, _LISTING_VERBS)
    return end if end > i and (_has_list(tokens, end + 1) or _put_down(tokens, end)) else i


def _put_down(tokens: Tokens, i: int) -> bool:
    """Tell whether a quoted task stands before `down`: put "sharpen chisels" down for sunday."""
    return i < len(tokens) and tokens[i].kind is TokenKind.QUOTED and tokens.word(i + 1) == "down"


def _has_list(tokens: Tokens, i: int) -> bool:
    return any(_list_end(tokens, k) for k in range(i, len(tokens)) if tokens.words[k] in _LIST_PREPOSITIONS)


def _list_end(tokens: Tokens, i: int) -> int:
    """Return the end of `to my list` at `i`, 0 without it."""
    if tokens.word(i) not in _LIST_PREPOSITIONS:
        return 0
    owned = tokens.word(i + 1) in _LIST_OWNERS
    name_at = i + 2 if owned else i + 1
    end = _take(tokens, name_at, _LIST_NAMES)
    if end == name_at and tokens.word(i + 1) in {"my", "our"}:
        end = _take(tokens, name_at, _CALENDARS)
    return end if end > name_at and (owned or tokens.word(name_at) in _UNOWNED) else 0


def list_after(tokens: Tokens, begin: int) -> tuple[int, int] | None:
    """Return where `to my list` (or `down` behind a quoted task) stands in the line, first token and end, or None."""
    if _put_down(tokens, begin):
        return begin + 1, begin + 2
    for i, word in enumerate(tokens.words):
        end = _list_end(tokens, i) if i >= begin and word in _LIST_PREPOSITIONS else 0
        if end:
            return i, end
    return None


def courtesy_before(tokens: Tokens, end: int, begin: int) -> int:
    """Return where politeness at the end of a line begins, with its comma; `end` without any."""
    stop = end - 1 if tokens.word(end - 1) in {".", "!", "?"} else end
    if tokens.word(stop - 1) not in _TRAIL_ENDS:
        return end
    for first in range(max(begin + 1, stop - 4), stop):
        if _take(tokens, first, _TRAILS) == stop:
            return first - 1 if tokens.word(first - 1) in {",", "-", "–"} and first - 1 > begin else first
    return end
