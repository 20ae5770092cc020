"""The embedded host: all services in one process for one person, and the ways in from terminal and assistant."""
