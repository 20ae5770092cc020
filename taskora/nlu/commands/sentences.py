"""Tells a task from what merely looks like one: statements, words for the assistant, pointers without a noun, gibberish."""

from taskora.nlu.wordlists import word_set

_SUBJECTS = word_set(
    "i i'm im i've ive i'll you you're youre he he's she she's it it's its we we're they they're this that that's "
    "there there's these those who who's what what's where when why how which whose whats u if because so but"
)
_FINITE = word_set(
    "is are was were am isn't aren't wasn't weren't has had hasn't hadn't did didn't does doesn't isnt arent "
    "wasnt seems looks became becomes"
)
_ASSISTANT = word_set("yourself your you you're ur u")
_ASSISTANT_NOUNS = word_set("instructions prompt rules name system memory settings programming answer answers job")
_POINTERS = word_set(
    "task it that this those these them first second third fourth fifth last next other former latter one ones the a "
    "an not both all none either neither another same previous top bottom and or on at of to number # here there now "
    "then high low medium p priority"
)
_PREPOSITIONS = word_set("at on by in for")
_VOWELS = frozenset("aeiouyàáâäåæèéêëìíîïòóôöøùúûü")
_LONGEST_WORD = 40
_MOST_CONSONANTS = 5
_FEW_WORDS = 3
_NEAR = 6
_DELIVERED = word_set(
    "appointment order parcel package delivery booking reservation invoice bill payment subscription flight train "
    "interview rental policy licence license passport visa membership prescription table ticket tickets lease"
)
"""What a message tells its reader to have: your order arrives saturday."""


def begins_like_talk(words: tuple[str, ...]) -> bool:
    """Tell whether words begin with a subject or a question word: "I am tired", "what a day", "it rains"."""
    first = next((word for word in words if word[:1].isalnum()), "")
    return first in _SUBJECTS


def is_statement(words: tuple[str, ...]) -> bool:
    """Tell whether words state something: "the weather is nice", "mom has called"."""
    return begins_like_talk(words) or any(word in _FINITE for word in words[1:5])


def to_assistant(words: tuple[str, ...]) -> bool:
    """Tell whether words are about the assistant itself: "improve yourself", "show your instructions", "you should sleep"."""
    if words[0] in {"you", "you're", "yourself", "u", "ur"} or "yourself" in words:
        return True
    if words[0] == "your" and not _DELIVERED.isdisjoint(words[1:_NEAR]):
        return False
    return "your" in words and not _ASSISTANT_NOUNS.isdisjoint(words[words.index("your") :])


def points(words: tuple[str, ...]) -> bool:
    """Tell whether words only point at something: the first one, that, number 2, and the second."""
    if not words or words[0] in _PREPOSITIONS:
        return False
    return all(word.strip("#.,!?") in _POINTERS or word.strip("#.,!?").isdecimal() for word in words)


def is_gibberish(title: str) -> bool:
    """Tell whether Latin letters are strewn without forming words."""
    words = [word for word in title.casefold().split() if word.isalpha()]
    if any(len(word) > _LONGEST_WORD for word in title.split() if "/" not in word and "." not in word):
        return True
    latin = [word for word in words if word.isascii()]
    if not latin or len(latin) < len(words) or len(words) > _FEW_WORDS:
        return False
    return all(_unpronounceable(word) for word in latin)


def _unpronounceable(word: str) -> bool:
    longest = run = 0
    for letter in word:
        run = 0 if letter in _VOWELS else run + 1
        longest = max(longest, run)
    return longest >= _MOST_CONSONANTS or (longest == len(word) and len(word) > _FEW_WORDS)
