"""Words in a question about tasks that ask for nothing themselves, and the nouns that tell that tasks are meant."""

from taskora.nlu.wordlists import word_set

NOUNS = word_set(
    "taks tsks taskes task tasks todo todos todo's list lists item items reminder reminders deadline deadlines "
    "agenda schedule plate appointments appointment errand errands chore chores due overdue pending outstanding "
    "assignments assignment workload backlog overview summary rundown briefing digest plans entries tasks' things "
    "stuff everything left remaining planned scheduled upcoming docket jobs"
)
"""Words that say that the question is about tasks."""

FILLERS = word_set(
    "how's hows wat wat's wats whts taks tsks taskes deleted trashed removed next first finish accomplish achieve sort "
    "sorted tackle focus recurring repeating repeat repeats recur recurs overview summary rundown briefing digest "
    "start begin could else what what's whats which who's when's is are am was were be been being do does did "
    "have has had having i i'm im i've ive me my mine we we've our us you your the a an any some all every "
    "everything anything something nothing there there's here of on for in at to that that's thats which's with "
    "and or & , . ! ? : ; - ' s 's it it's its this these those them they show list display view see print get "
    "give pull bring up out fetch tell find search look check filter read open let can would will shall should "
    "need needs needed want wants must got gotta gets please just still yet now currently right only also too "
    "more other coming ahead going happening else's like how many much number count total task tasks todo todos "
    "lists item items reminder reminders agenda schedule calendar plate plan plans planned scheduled due left "
    "remaining remain remains thing things stuff entries entry on's do's free busy available booked so far again "
    "from as where about's exist exists exactly made set refresh memory remind mind know love hey okay ok well "
    "then deadline deadlines appointments appointment errands chores workload ones today's tomorrow's yesterday's "
    "tonight's under doing lined both name names supposed meant looking look looks shaping "
    "jobs forgetting forgot docket horizon radar slate"
)
"""Words that say nothing more about which tasks are meant."""

LEADING_TEXT = word_set(
    "about containing contains mentioning mentions regarding concerning matching named called titled involving"
)
TEXT_PHRASES = (
    ("related", "to"),
    ("to", "do", "with"),
    ("having", "to", "do", "with"),
    ("that", "contain"),
    ("that", "contains"),
    ("that", "mention"),
    ("that", "mentions"),
    ("which", "contain"),
    ("which", "mention"),
    ("with", "the", "word"),
    ("with", "the", "words"),
    ("with", "the", "name"),
    ("in", "connection", "with"),
    ("has", "to", "do", "with"),
    ("have", "to", "do", "with"),
)
"""What stands before the words to search for."""

AFTER_TEXT = (
    ("in", "the", "title"),
    ("in", "the", "name"),
    ("in", "title"),
    ("in", "it"),
    ("in", "them"),
    ("in", "the", "description"),
    ("in", "its", "title"),
    ("in", "their", "title"),
)
