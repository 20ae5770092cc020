"""From what was sent to what is meant: words and fields to drafts and edits, names to tasks, queries to selections.

Everything here happens before a transaction begins.
"""
