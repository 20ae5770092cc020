"""Which model answers a line: the rules, or the rules with the language model of the settings."""

from agents.models.interface import Model

from agent.language_model.choice import Choice
from agent.language_model.hybrid import HybridModel, Line
from agent.language_model.language import Language
from agent.rule_model import RuleModel


class Models:
    """Gives each line its model. Without a choice it is the rules alone, who need no key and no network."""

    def __init__(self, choice: Choice | None) -> None:
        self._language = Language(choice) if choice else None

    @property
    def with_words(self) -> bool:
        """Tell whether a model reads the conversation's words."""
        return self._language is not None

    def for_line(self, line: Line) -> Model:
        """Return the model for a line."""
        if self._language is None:
            return RuleModel(line.turn, line.context)
        return HybridModel(line, self._language)

    async def close(self) -> None:
        """Close the connections to the model's server."""
        if self._language is not None:
            await self._language.close()
