"""The MCP server: the tools through which any agent, ours or another, reads and changes tasks."""
