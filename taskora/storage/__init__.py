"""Storage: how rows, changes and events get into one transaction and out again.

Services stand above (each in its `store.py`), the database below. `database` is the door; `unit_of_work` is what a write is
given; `outbox`, `inbox` and `changes` are the tables every service has under its own name; `migration` brings a database to
this version. Only `sqlite` knows which database system is below.
"""
