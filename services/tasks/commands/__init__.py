"""The commands of the task service, one module each. A command's items are functions over `Work`; `run` carries them out."""
