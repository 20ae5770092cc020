"""The kernel of Taskora: what every service shares. It knows no route, no MCP and no model."""
