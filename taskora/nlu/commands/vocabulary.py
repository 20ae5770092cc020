"""The sets of phrases that the tables of commands share, by the names that stand in < > there."""

SETS: dict[str, str] = {
    "done": "done|complete|completed|finished|finish|closed|ticked|checked|checked off|accomplished|completd|complet|compelte",
    "acted": "paid|sent|bought|booked|ordered|submitted|returned|cleaned|fixed|packed|delivered|sorted|handled|called|mailed|"
    "signed|filed|washed|shipped|renewed|posted|printed|mowed|lodged|watered|emptied|cancelled|canceled|scheduled|uploaded",
    "undone": "not done|not complete|not completed|not finished|not yet done|undone|incomplete|unfinished|uncompleted|open"
    "|active|pending|todo|to do|to - do|outstanding|not done yet|unchecked",
    "task": "task/todo/item/reminder/entry|to - do|to do",
    "tasks": "task/tasks/todo/todos/items/reminders/things/stuff/list/lists|to - dos|to dos",
    "list": "[my|the|our|this|that] [to - do|to do|todo|task|tasks|shopping|grocery|groceries|chore|chores] list/lists"
    "|[my|the] tasks/todos|it|there",
    "offlist": "(off|from|of|on|off of) <list>",
    "really": "now/really/actually/just/already/finally/all/completely/totally/very/super/so/quite/definitely",
    "ihave": "i/i've/ive/we/we've/weve [have] [now|really|actually|just|already|finally|also]",
    "iam": "i'm/im/we're [am|are]|i am|we are",
    "isnow": "is/are/has/was [now|really|actually|all|finally|already|just] [been|to be]",
    "not": "not/don't/dont/doesn't/doesnt/never/shouldn't|do not|does not|no longer|should not|should no longer|must not",
    "series": "series/recurrence/repeat/repetition/repeats/schedule|repeat rule|recurring schedule",
    "level": "p 1|p 2|p 3|p 4|urgent|critical|asap|crucial|vital|top|highest|high|higher|important|medium|normal|regular"
    "|standard|default|average|mid|moderate|low|lower|lowest|minor|unimportant|priority 1|priority 2|priority 3|priority 4",
    "trash": "[the] trash/bin/recycling/deleted|[the] recycle bin|[the] trash can",
    "duedate": "due|date|dates|deadline|time|day|due date|due dates|due time|scheduled date|start time|start date"
    "|date and time",
    "sigiltag": "#/@/% {_}",
    "adjective": "daily|weekly|biweekly|monthly|yearly|annually|quarterly|hourly|bi - weekly|fortnightly",
    "override": "ignore/disregard/forget/override/bypass",
    "orders": "instructions/instruction/prompt/prompts/rules/guidelines/programming|above|system prompt|system message"
    "|commands above|commands so far",
    "reveal": "print/reveal/show/repeat/output/display/tell/give/share/leak/dump/expose|what is|what's|what are",
    "hidden": "your [system|initial|secret|hidden|full|original|developer|own]"
    "|[the] system/initial/secret/hidden/developer [system]",
    "secrets": "prompt/prompts/instructions/password/passwords/secret/secrets/token/tokens/configuration/config/message"
    "/rules|api key|api keys|source code",
    "become": "you are now|you're now|pretend to be|pretend you are|pretend you're|pretend that|act as|act like"
    "|roleplay as|role play as|from now on you are|from now on you|imagine you are|behave like|respond as|talk like",
    "news": "weather/temperature/forecast/news/time/date|stock price|score|exchange rate|time now|time right now"
    "|current time|weather like",
    "weather": "rain/raining/rainy/snow/snowing/sunny/cold/hot/warm/cloudy/windy",
    "language": "spanish/french/german/italian/chinese/japanese/english/portuguese/russian/"
    "hindi/urdu/tamil/bengali/arabic/korean/dutch/polish/turkish/greek/"
    "rhyme/rhymes/pirate/emoji",
    "a": "a/an/my/the/another/our",
    "while": "now|today|tomorrow|this week|next week|this month|next month|for now|at the moment|right now|for a week"
    "|for a few days|for a while|these days|until {_}|till {_}|for {_}",
    "before": "before/earlier/ahead/beforehand/prior|in advance|ahead of time|before it's due|before it is due|before it"
    "|before that|before it starts",
    "want": "i need|i want|i'd like|put|add|get|stick|we need|need",
    "pronoun": "it/that/this/them/these/those",
    "without": "has no|does not have a|doesn't have a|needs no|no longer has a|no longer needs a",
    "weekstart": "sunday/monday/saturday/sundays/mondays/saturdays/sun/mon/sat",
    "to": "to/until/till/til/into/onto",
}
