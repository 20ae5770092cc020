"""The tools, a module for each thing that can be done. Each is a function of the client and its arguments, and its spec."""
