"""The services: one folder each, the same file names in each, and never an import between two of them."""
