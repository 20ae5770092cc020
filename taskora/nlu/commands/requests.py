"""What a task manager is asked for and cannot do: the weather, poems, music, and orders to the assistant about itself."""

from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.reading import Command, Intent
from taskora.nlu.wordlists import word_set

_DOCUMENTS = word_set(
    "the my our document documents contract letter email text article page cv resume website report manual paper "
    "book menu chapter subtitles app strings brochure"
)


def refuse(_clause: Clause, _found: Found) -> Command:
    """Say that this is not what tasks are about."""
    return Command(Intent.OUT_OF_SCOPE)


def translate(_clause: Clause, found: Found) -> Command | None:
    """Refuse to translate words; translating the contract is a task."""
    return None if not _DOCUMENTS.isdisjoint(found["rest"].words) else refuse(_clause, found)


GUARD_ROWS = (
    (
        refuse,
        """
        <override> [all|any|every] [of] [your|the|my|these|those] [previous|prior|earlier|above|system|safety] \
            <orders> [{rest}]
        <reveal> [me|us] [all] [of] <hidden> <secrets> [{rest}]
        <become> {rest}
        (delete|close|remove|cancel|deactivate) my (account|profile|subscription to taskora)
        (new|system|admin|developer|debug) instructions/instruction/prompt/mode/override [:] {rest}
        """,
    ),
)
"""Orders to the assistant about itself, which are refused whatever else the line says."""

ROWS = (
    (
        refuse,
        """
        (what's|whats|what is|how's|how is|what will|tell me) [the|will] <news> [be] [{rest}]
        what time is it [now|right now|there|in {rest}]
        what (day|date|month|year) is (it|today|tomorrow) [today|now]
        (is it|will it|is it going to|does it look like it will|is it gonna) [be] <weather> [{rest}]
        (write|tell|sing|draw|compose|recite|generate|paint) me [a|an|some|the|another|your|about] {thing}
        (reply|answer|speak|talk) [to me] in <language>
        (tell|sing|recite|crack) [me|us] [a|an|another|some] (joke|jokes|story|stories|song|poem|riddle|fact|fun fact)
        (search|google|look up|browse) (the web|the internet|online|google|wikipedia) [for] {rest}
        (open|launch|start|close) (google|chrome|youtube|spotify|facebook|twitter|instagram|netflix|whatsapp)
        (open|launch|start|close) [the|my] (browser|app store|calculator|camera)
        redo [it|that]
        play [me] [some|a|the|my|that] (music|song|songs|playlist|radio|podcast|album|jazz|video|game)
        (share|send|email|forward) [my|the|this|our] (list|lists|tasks|to - do list|todo list|task list) (with|to) {rest}
        (be quiet|shut up|stop talking|be nice|be more polite|talk less|speak up|shut down|go to sleep)
        (do my homework|do your job|make me a sandwich|work faster|think harder|try again|do better)
        (set|start) [a|an|the|my] (timer|stopwatch|countdown) [for|of|to] [{rest}]
        """,
    ),
    (translate, "translate {rest} (to|into|in) <language>"),
)
