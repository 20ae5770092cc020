"""The task service: the only writer of tasks. Its doors are HTTP routes and one command topic."""
