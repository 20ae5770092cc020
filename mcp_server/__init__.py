"""The MCP server: Taskora's tools for assistants. It holds no task and reads no words: it speaks only through `taskora.api`."""
