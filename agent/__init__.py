"""The agent: what people say goes in, MCP tools are called, a reply comes out. It reaches tasks only through MCP."""
