"""Which tasks are meant, in words: "due this week", "overdue and tagged home", "high priority", "no date", "about passports".

`periods` reads stretches of time, `fields` what else a filter can say, `words` tells the words that say nothing, and `grammar`
walks a piece of a line with them.
"""
