"""Lines that name no task: yes, no, undo, help, hello, and what a task manager cannot do."""

from collections.abc import Callable

from taskora.nlu.commands.clause import Clause, Found
from taskora.nlu.commands.questions import ask
from taskora.nlu.reading import Command, Intent


def _plain(intent: Intent) -> Callable[[Clause, Found], Command]:
    """Return a handler that answers with an intent alone."""

    def answer(_clause: Clause, _found: Found) -> Command:
        return Command(intent)

    return answer


def _one_at_a_time(_clause: Clause, _found: Found) -> Command:
    """Say how to undo more than one thing, rather than undo one where several were meant."""
    return ask('I undo one thing at a time, the last one first. Say "undo", and again to go one further back.')


def _partly(_clause: Clause, _found: Found) -> Command:
    """Ask for the tasks themselves where an answer takes some of them out."""
    return ask("I can only do all of that or none of it. Say yes, no, or name the tasks that you mean.")


UNDO_SEVERAL = """
    undo (two|three|four|five|2|3|4|5) [things|changes|actions|commands|steps|edits]
    undo [the|my|your] last (two|three|four|five|few|couple|several|2|3|4|5) [things|changes|actions|commands|ones| \
        steps|edits]
"""
UNDO = """
    undo [it|that|this|last|please|everything|again|twice]
    undo [the|my|your] (last|previous|latest|most recent) (change|action|command|one|thing|edit|step|operation| \
        move|deletion|update)
    undo (what you did|what you just did|what i did|what i just did|that last one|the change|the last thing you \
        did|that change)
    [please] take (that|it|this) back
    take back (that|it|what you did|the last one|the last change)
    (revert|reverse|roll back|rollback|unroll) [that|it|this|the change|the last change|the last action|last \
        change|your last change|the last one|the previous change]
    [go|step] back [one step|a step]
    (revert|reverse|roll back|undo) [the|my|your] last (edit|change|action|command|step|thing|move|update)
    [oops|whoops|oh no] [,] wrong (one|task) [,] undo [it|that]
    undo [the|my] (delete|deleting|removal|complete|completion|move|rename|add|edit|update|snooze|last)
    put (it|that) back [how it was|the way it was|as it was]
    [oops|whoops|oh no|wait] [no] (undo|take that back|undo that|go back|that was wrong|that was a mistake|wrong \
        one|wrong task|my mistake|my bad)
    (that was|that's|it was) (a mistake|wrong|an accident|not right) [please] (undo|undo it|undo that|take it \
        back|revert|revert it|go back)
    (that was|that's|it was) (a mistake|wrong|an accident|not what i meant|not what i wanted|an error)
    (i didn't|i did not|i didnt) (mean|want) (that|to do that|it|this|to)
    un - do
    oops/whoops/oopsie
    ctrl z
    ctrl + z
"""
HELP = """
    help [me|please|out|menu]
    i need [some] help
    how (can|could|do|will) you help [me|us]
    what (kind|kinds|sort|sorts|type|types) of (things|tasks|commands|questions|stuff) (can|could) (i|you) (say|type|ask|do|use)
    what all (can you do|do you do|can i do)
    (what can|what could|what do|what should|what else can) (you do|i say|i type here|i write here|i say here|i \
        write|i enter|i do|i ask|i type|i ask you|i tell you| \
        i do here|you do for me|i do with this|i say to you|you help with|you help me with) [for me]
    what are (you able to do|your commands|the commands|your features|my options|you capable of|you for)
    what (commands|features|things) (do you know|do you understand|do you support|are there|can i use|can you do| \
        can i say)
    (how does|how do|how's) (this|it|taskora|this thing|that|this app) (work|works)
    how (do i|can i|should i|to|do you|would i|could i) (add|create|use|delete|remove|complete|finish|edit|change| \
        move|reschedule|undo|see|list|show|rename|tag|repeat|make|set|mark|restore|start|talk to|work with|snooze| \
        skip|stop) {rest}
    how (do i|can i|should i) (use|start with|begin with) (this|it|you|taskora)
    how do i (start|begin|use this|undo|do this)
    [show|list|give] [me] [the|all|your] (commands|help|instructions|manual|usage|examples|shortcuts|guide|docs| \
        documentation)
    (getting started|get started|tutorial|user guide|cheat sheet)
    give me an example
    teach me
    how (do|does) {_} work
    (show|tell|teach) me how to {rest}
    help [me] with (dates|reminders|tags|repeats|commands|recurring tasks|repeating tasks|times|this|priorities|filters)
    explain [how this works|yourself|how it works]
    ?
    h
    / help
"""
CONFIRM = """
    yes [please|sir|do|do it|do that|go ahead|sure|thanks|of course|that's right|that one|all of them|delete them| \
        delete it|i am|i'm sure|i am sure|absolutely|confirm|definitely|all]
    (yes|yep|yeah|sure|ok|okay) [,] (delete|remove|complete|move|do) (them all|all of them|everything|all)
    (too right|nah yeah|hell yes|hell yeah|for sure|you bet|yeah sure)
    yes [,] (please|do it|do that|go ahead|sure|of course|delete them|delete it|all of them|i'm sure|i am sure| \
        absolutely|confirm|definitely|please do|that's right|correct|right)
    y/yh/yessir/yep/yeah/yea/yup/ya/yess/yesss/yass/aye/sure/ok/okay/okey/k/kk/okie/alright [please|then|thanks|that's fine]
    (ok|okay|yes|yep|alright) go
    (sure|yeah|ok|okay|yes) [,] why not
    affirmative/confirm/confirmed/correct/exactly/absolutely/definitely/certainly/indeed [please|then|thanks]
    proceed/agreed/approved/right/totally/fine [please|then|thanks|that's fine]
    (yep|yeah|yup|sure|ok|okay|alright|right) [,] (go ahead|do it|do that|please|sure|fine|sounds good|please do| \
        go for it|that's right|that works|of course|let's do it|delete them|delete it|yes)
    (go ahead|do it|do that|go for it|please do|of course|sounds good|sounds great|sounds right|that's right| \
        thats right|that's correct|that is correct|that works|works for me|by all means|make it so|you got it| \
        looks good|i'm sure|im sure|i am sure|i confirm|go on|just do it|let's do it|lets do it|that's fine| \
        perfect do it|yes please|sure thing|no problem|why not|all of them|please proceed|carry on|ship it) \
        [please|then|now]
    👍/✅/✔
"""
CANCEL = """
    no [thanks|thank you|way|no|don't|dont|wait|stop|never mind|nevermind|not now|sorry|cancel|leave it|keep it| \
        keep them|i don't|please|not that]
    no [,] (thanks|thank you|don't|dont|stop|never mind|nevermind|not now|cancel|leave it|leave them|keep it|keep \
        them|please don't|don't do it|don't do that|wait|cancel that|forget it)
    wait [,] no
    no [,] (leave|keep) (it|them|that) (as it is|as is|as they are|alone|there)
    (i|i've|ive) [have] changed my mind (about it|about that|about this|on that)
    (yeah nah|nah yeah nah|no [,] not (that|this) [one]|not that one)
    (stop|wait|hold on|no) [,] (don't do that|don't do it|don't|dont do that|please don't|stop)
    n/nope/nah/nay/naw/noo/nooo/negative/abort/stop/cancel/nvm/nevermind/don't/dont/quit/exit/halt/wait [that|it| \
        please|this|thanks|everything]
    (never mind|nevermind|nvm|forget it) [,] (keep it|keep them|leave it|leave them|don't|do nothing|it's fine)
    (hold up|hold on a sec|hang on|no hang on)
    (nope|nah|no) [,] (leave it|leave them|don't|never mind|nevermind|nvm|forget it|thanks|not now|keep it|stop|cancel)
    (never mind|nevermind|never mind that|nevermind that|forget it|forget that|forget about it|forget about that| \
        leave it|leave it alone|leave it be|leave them|leave that|not now|not yet|scratch that|cancel that|cancel \
        it|cancel this|don't do it|don't do that|dont do it|do not do that|do nothing|hold on|not really|please \
        don't|keep it|keep them|changed my mind|i changed my mind|i've changed my mind|on second thought|on \
        second thought no|that's not what i want|let it be|drop it|don't bother|dont bother| \
        do not bother|absolutely not|certainly not|of course not| \
        hell no|i'd rather not|no way|no need|back|go away|cancel the last one|cancel that one) [please|then| \
        thanks|for now]
    👎/❌
"""
CHAT = """
    (thanks|thank you|thx|cheers) for {rest}
    (thanks|thank you|thx|cheers) [,] (that's|thats|that is|you're|you are|looks|it's) {rest}
    (ta|good arvo|how ya going|how ya doing|how you going) [mate]
    (thanks|thank you|thx|ty|cheers|thank u|tysm|much appreciated|appreciate it|many thanks|merci|danke|gracias) \
        [a lot|so much|very much|a bunch|a ton|tons|loads|a million|for that|for your help|for the help|again|mate|man|buddy| \
        taskora|you're the best|that's all|that helps|that was helpful|for everything|for all your help|bot]
    (ok|okay|great|cool|perfect|awesome|nice|good|alright|yes|no|wonderful|brilliant|excellent) [,|!] (thanks| \
        thank you|thx|cheers|great|cool|perfect|job|work|one|that's all|bye)
    (hi|hello|hey|heya|hiya|yo|howdy|greetings|sup|hola|bonjour|hallo|good day|g'day|ahoy| \
        namaste|salam|ciao|hello there|hi there| \
        hey there|hello again|hi again|wassup|what's up|whats up|what is up|hey what's up) [taskora|you|bot|all| \
        everyone|there|buddy|friend|again|man|assistant]
    (haha|hahaha|lol|hehe|heh|lmao|rofl) [,] [nice|cool|great|good one|funny|ok|okay|awesome|thanks|true|love it]
    [ok|okay|great|cool|alright] [,] (thanks|thank you|thx|cheers) [,] (bye|goodbye|good night|see you|see ya|later)
    (you|u) (rock|rule|da best|da man)
    good (morning|afternoon|evening|night|day) [to you|taskora|everyone|there|all]
    (morning|evening|afternoon|gm|gn)
    (how are|how're|how r) (you|u|things|ya) [doing|today|feeling|going|holding up]
    (how's it going|hows it going|how is it going|how do you do|how have you been|how was your day|how's your day| \
        how are things|how's everything) [today]
    (who|what) (are|r) (you|u) [exactly|really|called]
    (who|which model) (made|created|built|wrote|powers|programmed) (you|this|taskora)
    (what's|whats|what is) your (name|favorite color|favourite colour|favorite food|age|purpose|gender|job)
    (are|r) (you|u) (a|an) [real] (bot|robot|human|ai|person|machine|real person|llm|language model)
    (are you|you) (there|real|ok|okay|alive|awake|sentient|chatgpt|listening|sure|busy|happy|mad|human)
    (do you) (like|love|know|feel|think|sleep|dream|remember|understand|speak|believe) {rest}
    (i love|i like|i hate|i adore|love|i appreciate) (you|this|it|taskora|this app|that|u)
    (you are|you're|youre|ur|u r|your) [so|very|really|the|a|an|pretty|such a] (great|awesome|amazing|best|the \
        best|stupid|dumb|useless|cool|smart|funny|nice|welcome|good|bad|terrible|wonderful|helpful|right|wrong| \
        genius|idiot|kind|annoying|slow|fast|perfect|hilarious|star|lifesaver) [bot|at this|today]
    (bye|goodbye|good bye|see you|see ya|cya|ciao|take care|farewell|have a nice day|have a good day|have a great \
        day|have a good one|talk to you later|ttyl|good night|see you later|see you tomorrow|that's all|that is \
        all|that's it|thats all|i'm off|i am done for today|nothing else|no that's all|that will be all) [for now| \
        for today|thanks|tomorrow|then]
    (great|good|nice|awesome|cool|perfect|wow|amazing|excellent|brilliant|wonderful|fantastic|sweet|neat|lovely| \
        super|impressive|well done|haha|hahaha|lol|lmao|rofl|hehe|interesting|hmm|hm|oh|ah|i see|got it| \
        understood|makes sense|fair enough|right on|whatever|meh|ugh|damn|omg|yay|hooray|woohoo|no worries|all \
        good|it's fine|its fine|sorry|my bad|pardon|excuse me|congrats|congratulations|happy birthday|merry \
        christmas|happy new year|happy holidays|welcome|you're welcome|youre welcome|my pleasure|nice to meet you| \
        pleased to meet you|just testing|testing|test|long time no see|cheers) [job|work|one|stuff|thanks|man| \
        dude|bro|haha|lol|then|that's great|to you|to you too|too|again]
    (i'm|i am|im|i feel|i'm feeling|i am feeling) [so|very|really|a bit|pretty|kind of|feeling|just|too] (tired| \
        bored|sad|happy|hungry|sick|stressed|lonely|angry|excited|exhausted|fine|good|great|ok|okay|overwhelmed| \
        anxious|depressed|cold|hot|sleepy|busy|back|here|confused|lost|drunk|curious|nervous|worried|upset|well| \
        not well) [today|right now|now|again|lately|of this]
    (it's|its|it is|what a) [a|so|such a|very] (nice|beautiful|lovely|great|terrible|awful|hot|cold|rainy|sunny| \
        busy|long|good|bad|horrible|wonderful) [day|morning|evening|week|one|weather|today|outside|night]
    (it's|it is|its) (raining|snowing|sunny|cold|hot|late|early|friday|monday) [outside|today|here|again|already]
    my name is {rest}
"""
BUT = """
    (yes|yeah|yep|sure|ok|okay) [,] but (keep|not|only|without|leave|except|skip|don't|dont) {rest}
    (all|everything|all of them) [,] (but|except) {rest}
"""
ROWS = (
    (_partly, BUT),
    (_one_at_a_time, UNDO_SEVERAL),
    (_plain(Intent.UNDO), UNDO),
    (_plain(Intent.CONFIRM), CONFIRM),
    (_plain(Intent.CANCEL), CANCEL),
    (_plain(Intent.HELP), HELP),
    (_plain(Intent.CHAT), CHAT),
)
