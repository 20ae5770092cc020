"""`make conformance`: the tools held to the official suite of MCP and to a linter, from outside, in both eras."""
