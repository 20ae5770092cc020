"""What is wrong with a language model, so that the rules go on without it."""


class Trouble(Exception):
    """The model gave no answer that can be used. The text is the reason, as the end of a sentence about it."""
