"""A language model that helps the rules: which one, what it may do, and how its part is checked by code."""
