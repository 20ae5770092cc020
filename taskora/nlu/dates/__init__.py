"""Dates in words: position parsers give expressions, and an expression becomes a day once `today` is known."""
