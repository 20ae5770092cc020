"""The recurrence service: it hears of completed occurrences and asks for the next ones. It stores nothing."""
