"""What people read: the answers of the tools as sentences, lists and cards, and the questions before a change. Pure."""
