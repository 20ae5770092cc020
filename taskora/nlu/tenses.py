"""The past of verbs: paid, called, gone. No list of all verbs: regular ones are told by their ending."""

from taskora.nlu.verbs import ACTIONS, PARTICIPLES, PAST
from taskora.nlu.wordlists import word_set

_NOT_PAST = word_set("need bed red shed seed feed weed speed indeed naked hundred wicked kindred embed")


def is_past(word: str) -> bool:
    """Tell whether a word is the past of a verb: paid, called, gone."""
    if word in PAST or word in PARTICIPLES:
        return True
    if not word.endswith("ed") or len(word) < 5 or word in _NOT_PAST:
        return False
    stem = word[:-2]
    doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    return not {stem, stem + "e", doubled, stem[:-1] + "y"}.isdisjoint(ACTIONS)
