"""Words around a command that say nothing about tasks: "hey, can you please … for me, thanks"."""

from collections.abc import Sequence

from taskora.nlu.salutations import after_salutation
from taskora.nlu.wordlists import word_set

_BEFORE = word_set(
    "please pls plz pleas kindly hey hi hello hiya yo ok okay okey alright so well now just also and then but um "
    "uh oh hmm hm actually btw taskora assistant bot , . ! … - maybe perhaps quickly oops ah aha sorry great cool "
    "perfect nice yes yeah yep"
)
_ASKING = (
    "can you",
    "could you",
    "would you",
    "will you",
    "can u",
    "could u",
    "would u",
    "will u",
    "can ya",
    "i want you to",
    "i need you to",
    "i'd like you to",
    "id like you to",
    "i would like you to",
    "would you mind",
    "do you mind",
    "it would be great if you could",
    "it'd be great if you could",
    "i would appreciate it if you could",
    "i'd appreciate it if you could",
    "if you could",
    "would it be possible to",
    "you can",
    "you should",
    "you could",
    "are you able to",
    "is it possible to",
)
_WISHING = (
    "i want to",
    "i wanna",
    "i wanted to",
    "i'd like to",
    "id like to",
    "i would like to",
    "i would love to",
    "i'd love to",
    "can i",
    "could i",
    "may i",
    "can we",
    "could we",
    "shall we",
    "let's not forget to",
    "lets not forget to",
    "let us not forget to",
    "let me",
    "let me know",
    "i want to know",
    "i'd like to know",
    "do you know",
    "could you tell me",
    "can you tell me",
    "lemme",
    "let us",
    "let's",
    "lets",
    "go ahead and",
    "help me",
    "i think i should",
    "i think we should",
    "feel free to",
    "by the way",
    "quick question",
    "refresh my memory",
    "refresh my memory on",
    "refresh my memory of",
    "jog my memory",
    "good morning",
    "hi there",
    "hello there",
    "hey there",
    "excuse me",
    "good evening",
    "good afternoon",
    "one more thing",
    "while you're at it",
)
_AFTER = word_set("please pls plz pleas thanks thx ty cheers kindly , . ! ? … ; ok okay")
_AFTER_PHRASES = (
    "thank you",
    "thanks a lot",
    "thank you very much",
    "thanks in advance",
    "for me",
    "if you can",
    "if you could",
    "if possible",
    "if you don't mind",
    "when you can",
    "would you",
    "will you",
    "could you",
    "can you",
    "right now",
    "real quick",
    "many thanks",
)


def _table(phrases: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        table.setdefault(words[0], []).append(words)
    return table


_ASKING_BY_FIRST = _table(_ASKING)
_WISHING_BY_FIRST = _table(_WISHING)
_AFTER_BY_LAST = {
    last: [words for words in map(tuple, map(str.split, _AFTER_PHRASES)) if words[-1] == last]
    for last in {phrase.split()[-1] for phrase in _AFTER_PHRASES}
}


def after_courtesy(words: tuple[str, ...]) -> tuple[int, bool]:
    """Return the index of the first word that says something, and whether the assistant was asked to do it."""
    i = addressed = after_salutation(words)
    asked = False
    while i < len(words):
        if words[i] in _BEFORE:
            i += 1
            continue
        asking = _phrase_at(words, i, _ASKING_BY_FIRST)
        wishing = asking or _phrase_at(words, i, _WISHING_BY_FIRST)
        if not wishing:
            break
        asked = asked or (asking > 0 and not addressed)
        i += wishing
    return i, asked


def before_courtesy(words: tuple[str, ...], first: int) -> int:
    """Return the index after the last word that says something."""
    end = len(words)
    while end > first:
        if words[end - 1] in _AFTER:
            end -= 1
            continue
        for phrase in _AFTER_BY_LAST.get(words[end - 1], ()):
            if end - len(phrase) > first and words[end - len(phrase) : end] == phrase:
                end -= len(phrase)
                break
        else:
            break
    return end


def _phrase_at(words: tuple[str, ...], i: int, table: dict[str, list[tuple[str, ...]]]) -> int:
    """Return the length of the longest phrase of a table at `i`, 0 without one."""
    lengths = (len(phrase) for phrase in table.get(words[i], ()) if words[i : i + len(phrase)] == phrase)
    return max(lengths, default=0)
