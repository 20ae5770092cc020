"""The engines that cases are run by: `parser` asks the reader, `agent` the whole product, `models` a language model in it."""
