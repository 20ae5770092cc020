"""Italian calendar words."""

from taskora.nlu.languages.table import Language

_DAYS = {
    "monday": "lunedì|lunedi", "tuesday": "martedì|martedi", "wednesday": "mercoledì|mercoledi",
    "thursday": "giovedì|giovedi", "friday": "venerdì|venerdi", "saturday": "sabato", "sunday": "domenica",
}  # fmt: skip
_NEXT = tuple(
    (day, f"{form} prossimo|{form} prossima|questo {form}|questa {form}|il prossimo {form}|la prossima {form}")
    for day, forms in _DAYS.items()
    for form in forms.split("|")
)
_PARTS = (("morning", "mattina"), ("afternoon", "pomeriggio"), ("evening", "sera"), ("night", "notte"))
_WITH_PART = tuple(
    (f"{day} {part}", f"{form} {word}")
    for day, forms in (*_DAYS.items(), ("tomorrow", "domani"))
    for form in forms.split("|")
    for part, word in _PARTS
)

ITALIAN = Language(
    "it",
    signs="domani oggi dopodomani ieri stasera stamattina stanotte lunedì martedì mercoledì giovedì venerdì lunedi martedi"
    " mercoledi giovedi venerdi settimana settimane ogni gennaio febbraio maggio giugno luglio settembre ottobre dicembre"
    " ricordami giorni entro mezzogiorno mezzanotte quotidianamente settimanalmente mensilmente tutti",
    hints="il gli le di del della con alle dalle una sabato domenica chiamare comprare pagare tra fra",
    dated="alle",
    between=("dalle", "alle"),
    rows=(
        *tuple(_DAYS.items()),
        *_NEXT,
        *_WITH_PART,
        ("today", "oggi"),
        ("tomorrow", "domani"),
        ("overmorrow", "dopodomani"),
        ("yesterday", "ieri"),
        ("tonight", "stasera|stanotte"),
        ("this afternoon", "oggi pomeriggio|questo pomeriggio"),
        ("this morning", "questa mattina"),
        ("tonight", "questa sera|questa notte"),
        ("am", "di mattina|del mattino|di notte"),
        ("pm", "di sera|del pomeriggio|di pomeriggio|della sera"),
        ("noon", "mezzogiorno|a mezzogiorno"),
        ("midnight", "mezzanotte|a mezzanotte"),
        ("next week", "la prossima settimana|la settimana prossima|prossima settimana|settimana prossima"),
        ("next month", "il prossimo mese|il mese prossimo|prossimo mese|mese prossimo"),
        ("next year", "il prossimo anno|l'anno prossimo|prossimo anno"),
        ("this week", "questa settimana"),
        ("this weekend", "questo fine settimana|questo weekend"),
        ("end of", "alla fine di|fine di"),
        ("end of month", "a fine mese"),
        ("on", "il|lo|l'"),
        ("at", "alle|all'|verso le|alle ore"),
        ("by", "entro|entro il|entro le"),
        ("before", "prima di|prima del"),
        ("until", "fino a|fino al"),
        ("from", "dal|a partire da|a partire dal"),
        ("in", "tra|fra"),
        ("of", "di|del|della"),
        ("and", "e|ed"),
        ("or", "o"),
        ("every", "ogni|tutti i|tutte le"),
        ("every day", "tutti i giorni|ogni giorno"),
        ("every week", "tutte le settimane|ogni settimana"),
        ("every month", "tutti i mesi|ogni mese"),
        ("every morning", "ogni mattina|tutte le mattine"),
        ("every evening", "ogni sera|tutte le sere"),
        ("day", "giorno|giorni"),
        ("week", "settimana"),
        ("weeks", "settimane"),
        ("month", "mese|mesi"),
        ("year", "anno|anni"),
        ("hours", "ore|ora"),
        ("minutes", "minuti|minuto"),
        ("daily", "quotidianamente"),
        ("weekly", "settimanalmente"),
        ("monthly", "mensilmente"),
        ("yearly", "annualmente"),
        ("except", "tranne|eccetto"),
        ("january", "gennaio"),
        ("february", "febbraio"),
        ("march", "marzo"),
        ("april", "aprile"),
        ("may", "maggio"),
        ("june", "giugno"),
        ("july", "luglio"),
        ("august", "agosto"),
        ("september", "settembre"),
        ("october", "ottobre"),
        ("november", "novembre"),
        ("december", "dicembre"),
        ("christmas", "natale"),
        ("easter", "pasqua"),
        ("one", "un|uno|una"),
        ("two", "due"),
        ("three", "tre"),
        ("four", "quattro"),
        ("five", "cinque"),
        ("six", "sei"),
        ("seven", "sette"),
        ("eight", "otto"),
        ("nine", "nove"),
        ("ten", "dieci"),
        ("the first", "il primo|la prima"),
        ("the last", "l'ultimo giorno|l'ultima settimana"),
        ("urgent", "urgente"),
        ("important", "importante"),
        ("high priority", "priorità alta|alta priorità"),
        ("low priority", "priorità bassa|bassa priorità"),
        ("remindme", "ricordami di|ricordami"),
        ("add", "aggiungi"),
    ),
    short=(("monday", "lun"), ("tuesday", "mar"), ("wednesday", "mer"), ("thursday", "gio"), ("friday", "ven"),
           ("saturday", "sab"), ("sunday", "dom")),
)  # fmt: skip
