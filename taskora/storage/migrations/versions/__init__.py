"""One module per revision, named for what it does."""
