"""What a line asks for: from the reading of `taskora.nlu` and the conversation to the steps that answer it. Pure."""
