"""Urdu calendar words, in its own letters and in Latin ones, with the Hindi names of days that people mix in.

Postpositions ("jumma ko", "15 march tak", "3 din baad") are part of the forms, for English has them in front.
"""

from taskora.nlu.languages.table import Language

_DAYS = {
    "monday": "somwar|somvaar|پیر|سوموار", "tuesday": "mangal|منگل", "wednesday": "budh|بدھ",
    "thursday": "jumerat|jumeraat|جمعرات", "friday": "jumma|juma|جمعہ", "saturday": "hafta|sanichar|ہفتہ",
    "sunday": "itwar|itvaar|اتوار", "today": "aaj|aj|آج", "tomorrow": "kal|کل", "overmorrow": "parson|parso|پرسوں",
}  # fmt: skip
_MONTHS = {
    "january": "january|janwari|جنوری", "february": "february|farwari|فروری", "march": "march|مارچ",
    "april": "april|اپریل", "may": "may|مئی", "june": "june|joon|جون", "july": "july|julai|جولائی",
    "august": "august|agast|اگست", "september": "september|sitambar|ستمبر", "october": "october|aktubar|اکتوبر",
    "november": "november|nawambar|نومبر", "december": "december|disambar|دسمبر",
}  # fmt: skip
_WITH_POSTPOSITION = tuple(
    (english, "|".join(f"{form}{behind}" for form in forms.split("|") for behind in ("", " ko", " tak", " کو", " تک")))
    for english, forms in (*_DAYS.items(), *_MONTHS.items())
)
_EACH = tuple(
    (f"every {english}", "|".join(f"har {form}|ہر {form}|har {form} ko|ہر {form} کو" for form in forms.split("|")))
    for english, forms in _DAYS.items()
)
_PARTS = {
    "morning": "subah|صبح", "afternoon": "dopahar|dopehar|دوپہر", "evening": "shaam|sham|شام", "night": "raat|رات",
}  # fmt: skip
_WITH_PART = tuple(
    (f"{english} {part}", "|".join(f"{day} {word}|{day} ko {word}|{day} {word} ko"
        for day in days.split("|") for word in words.split("|")))
    for english, days in _DAYS.items() if english != "today"
    for part, words in _PARTS.items()
)  # fmt: skip
_THIS_PART = tuple(
    (f"this {part}", "|".join(f"aaj {word}|آج {word}|{word} ko|{word} کو" for word in words.split("|")))
    for part, words in _PARTS.items() if part != "night"
)  # fmt: skip
_EACH_PART = tuple(
    (f"every {part}", "|".join(f"har {word}|har roz {word}|rozana {word}|ہر {word}|ہر روز {word}|روزانہ {word}"
        for word in words.split("|")))
    for part, words in _PARTS.items()
)  # fmt: skip
_UNITS = {
    "minutes": "minute|minat|منٹ", "hours": "ghante|ghanta|ghanton|گھنٹے|گھنٹہ", "days": "din|dinon|دن",
    "weeks": "hafte|hafton|ہفتے", "months": "mahine|mahinay|مہینے",
}  # fmt: skip
_LATER = tuple(
    (
        f"{unit} hence",
        "|".join(f"{form} baad|{form} mein|{form} main|{form} بعد|{form} میں" for form in forms.split("|")),
    )
    for unit, forms in _UNITS.items()
)

URDU = Language(
    "ur",
    signs="aaj kal parson baje subah shaam somwar jumerat itwar ghante tareekh rozana hafte mahine"
    " کل آج پرسوں صبح شام رات دوپہر بجے ہر روزانہ پیر منگل بدھ جمعرات جمعہ ہفتہ اتوار دن گھنٹے ہفتے مہینے",
    hints="ko ka ki ke se mein hai karna lana dena lena jana karo har raat baad jumma juma tak dopahar"
    " کو کا کی کے سے بعد تک",
    dated="har",
    between=("se", "tak"),
    rows=(
        *_WITH_POSTPOSITION,
        *_EACH,
        *_WITH_PART,
        *_THIS_PART,
        *_EACH_PART,
        *_LATER,
        *_UNITS.items(),
        ("tonight", "aaj raat|raat ko|raat|آج رات|رات کو|رات"),
        ("morning", "subah|صبح"),
        ("afternoon", "dopahar|دوپہر"),
        ("evening", "shaam|شام"),
        ("o'clock", "baje|bajay|بجے"),
        ("every", "har|ہر"),
        ("every day", "har roz|har din|ہر روز|ہر دن"),
        ("every month on", "har mahine ki|ہر مہینے کی"),
        ("every week", "har hafte|ہر ہفتے"),
        ("every month", "har mahine|ہر مہینے"),
        ("every year", "har saal|ہر سال"),
        ("daily", "rozana|روزانہ"),
        ("next week", "agle hafte|اگلے ہفتے"),
        ("next month", "agle mahine|اگلے مہینے"),
        ("next year", "agle saal|اگلے سال"),
        ("this week", "is hafte|اس ہفتے"),
        ("day", "tareekh|tareekh ko|tarikh|tarikh ko|تاریخ|تاریخ کو"),
        ("and", "aur|اور"),
        ("one", "aik|ek|ایک"),
        ("two", "do|دو"),
        ("three", "teen|تین"),
        ("four", "char|چار"),
        ("five", "panch|پانچ"),
        ("urgent", "zaroori|fori|ضروری|فوری"),
        ("important", "ahem|اہم"),
        ("remindme", "yaad dilao|yaad dilana|mujhe yaad dilao|یاد دلاؤ|مجھے یاد دلاؤ"),
    ),
)
