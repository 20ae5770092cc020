"""The words that stand beside a phrase and tell whether it is meant as a date: word tables, no grammar."""

from taskora.nlu.wordlists import word_set

FREE_FOLLOWERS = word_set(
    "tonight tonite a about alert notify"
    " above across after afterwards against ago ahead all along also although among an and any around as asap at"
    " because before behind below between both but by concerning cos cuz daily despite during each either else"
    " eow eom every except for from given he her here his how i if in including inside instead into it its"
    " just later latest like maybe me my near no not note of off on once only onto or our out over per"
    " please pls plz plus priority prio re regarding remind reminder repeat repeats repeating rsvp she sharp since so some"
    " sometime starting tag tagged tags label labeled labelled than thanks thank thx that the their them then they this those"
    " through till to together too toward towards under unless until up upon urgent urgently via was we weekly monthly yearly"
    " annually when where whether which while who whose with within without you"
    " your due deadline high low medium important critical onwards onward"
)
"""Words that may follow a date without making it part of a noun: call mom friday about the trip."""

NUMBERED = word_set(
    "chapter page book part episode season volume item level figure room form step stage unit lesson exercise question row"
    " seat gate track bus line platform highway route size version no number nr apartment apt flat suite floor verse psalm"
)
"""Nouns that a number behind them belongs to: chapter 3, page 12."""

MEDIA_VERBS = word_set("watch rewatch stream binge sing hear play replay learn cover karaoke read reread")
"""Verbs directly after which a capitalised day is the title of a work: watch Friday the 13th."""

MUSIC_VERBS = word_set("sing learn practice practise rehearse perform karaoke hum strum memorise memorize")
"""Verbs after which every capitalised word belongs to the title of a work: learn Bloody Sunday."""

DETERMINERS = word_set(
    "the a an my our your his her its their this that these those some any each no mr mrs ms dr prof"
)
"""Words after which a day belongs to the noun that follows: the friday demo, my monday meeting, Mr Friday."""

NAMING = word_set(
    "with to from of than called named titled vs versus and or & like about as is was my via by for see meet call ask tell text"
    " ping email mail message invite pay thank remind help visit phone ring dm msg slack contact interview congratulate hug"
    " feed bathe train nudge chase cc hire fire join"
)
"""Words after which tom, may, april, june or sun is somebody's name or a thing."""

COSTING = word_set(
    "pay buy transfer owe owes lend borrow tip cost costs price budget spend charge refund deposit withdraw version update"
    " upgrade install run swim walk cycle order invoice bill gpa score rate rating weigh release deploy patch donate python"
)
"""Words after which 9.45 is an amount, a length or a version."""

QUOTING = word_set("say saying spell pronounce word words term means mean called named titled entitled translate")
"""Words after which a word is spoken of, not meant: learn to say tomorrow in Welsh."""

MEDIA = word_set(
    "tune song movie film book novel album band show episode series game play single track musical podcast record poem"
    " restaurant pub bar cafe character brand dog cat article essay painting"
)
"""Nouns after which capitalised words are a title: the tune Manic Monday."""

COUNTED_NOUNS = word_set(
    "floor floors grade grades century street avenue st ave anniversary birthday edition amendment precinct place chapter"
    " page episode season element party parties hand aid class degree draft version round quarter half attempt person item"
    " generation gen base time times step stage row line gear opinion wave world world's lap name cousin language year"
    " hole night symphony reminder notice bathroom bedroom opinion try attempt mortgage job baby child date interview chance"
)
"""Nouns that an ordinal counts, so that it is no day: the 2nd floor, 3rd party, 1st aid."""
