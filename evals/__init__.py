"""The evaluation suite: cases of what people type, run against the parser or the whole agent, scored and reported."""
