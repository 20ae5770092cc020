"""Which model answers. The seam: a function from the conversation and the moment to a model of the agent library.

The rules are the only model now. They see the conversation itself; a language model would read it as messages.
"""

from collections.abc import Callable

from agents.models.interface import Model

from agent.rule_model import RuleModel
from agent.session import Conversation
from taskora.nlu.reading import Context

ModelFor = Callable[[Conversation, Context], Model]

rules: ModelFor = RuleModel
