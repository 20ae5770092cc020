"""The embedded host's implementation of the ports: everything in one process on one database."""
