"""Other languages: tables that name the calendar words of a language by the English ones that the grammar knows.

`german`, `spanish` and `french` are data; `translation` applies one of them to a line that is certainly in that language.
"""
