"""Understanding: words in, exact commands out. Pure; no language model, no clock, no input or output.

`reader` is the door (`read_line`, `read_task`, `read_when`, `read_repeat`, `read_period`); `reading` holds what comes out.
"""
