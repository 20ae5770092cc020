"""Rules and a language model as one model: the rules answer alone what they cover, the model gets the rest.

What was changed is told by code, from the tools' answers, never in the model's words. A model that is down, slow or wrong
loses nothing: before anything was changed the rules take the line over; after that, what was changed is told, and that it
stopped there. What it may do at all is `guard`'s affair.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from agents.items import ModelResponse, TResponseInputItem, TResponseStreamEvent
from agents.models.interface import Model
from agents.tool import Tool
from agents.usage import Usage
from openai.types.responses import ResponseCompletedEvent, ResponseOutputMessage

from agent.events import ModelUse
from agent.items import completed, message, piece
from agent.language_model.closing import closing, failures, may_speak, told_of, waiting
from agent.language_model.coverage import covered, switched
from agent.language_model.guard import Guard, Said
from agent.language_model.language import Answer, Asked, Language, Spent
from agent.language_model.moment import instructions, preferences
from agent.language_model.trouble import Trouble
from agent.language_model.weekdays import wrong_weekdays
from agent.rule_model import RuleModel
from agent.session import Conversation
from agent.tools import LineTools
from taskora.nlu.reading import Context

Input = str | list[TResponseInputItem]
BY_RULES = "(The language model could not help: {reason}. So I read this by my rules alone.)"
STOPPED = "(The language model stopped there: {reason}.)"


@dataclass(slots=True)
class Line:
    """A line on its way: the words, the moment, the conversation and the tools."""

    text: str
    context: Context
    turn: Conversation
    tools: LineTools


class HybridModel(Model):
    """The two models for one line."""

    def __init__(self, line: Line, language: Language) -> None:
        self._line = line
        self._language = language
        self._rules = RuleModel(line.turn, line.context)
        self._by_rules = self._for_rules()
        self._spent: Spent | None = None
        self._trouble: str | None = None
        self._said = False
        self._told = 0
        self._hidden = 0
        self._instructions = ""

    @property
    def use(self) -> ModelUse | None:
        """Return what was used of the language model, None when it was not asked."""
        if self._spent is None:
            return None
        choice, spent = self._language.choice, self._spent
        cost = choice.cost(spent.tokens_in, spent.tokens_out)
        return ModelUse(choice.name, spent.requests, spent.tokens_in, spent.tokens_out, cost, self._trouble)

    async def get_response(self, *asked: Any, **options: Any) -> ModelResponse:
        """Return the next calls or the reply, whole."""
        async for event in self.stream_response(*asked, **options):
            if isinstance(event, ResponseCompletedEvent):
                return ModelResponse(output=event.response.output, usage=Usage(requests=1), response_id=None)
        raise Trouble("it gave no answer")

    async def stream_response(
        self,
        system_instructions: str | None,
        input: Input,  # noqa: A002  the library's name
        model_settings: object = None,
        tools: Sequence[Tool] = (),
        *rest: object,
        **options: object,
    ) -> AsyncIterator[TResponseStreamEvent]:
        """Return the next calls, or the reply in pieces."""
        del system_instructions, model_settings, rest, options
        items: list[TResponseInputItem] = [{"role": "user", "content": input}] if isinstance(input, str) else input
        if not self._by_rules:
            async for event in self._by_language(items, tools):
                yield event
            if not self._by_rules:
                return
            self._hidden = len(items)
        async for event in self._ruled(items):
            yield event

    def _for_rules(self) -> bool:
        line, turn = self._line, self._line.turn
        if self._language.choice.always:
            return switched(line.text, line.context, turn.pending)
        return covered(line.text, line.context, turn.memory, turn.pending)

    async def _ruled(self, items: list[TResponseInputItem]) -> AsyncIterator[TResponseStreamEvent]:
        """Answer by the rules, who see of this line only what they called for themselves."""
        if self._trouble:
            items = [*items[: _last_said(items) + 1], *items[self._hidden :]]
        apart = True
        async for event in self._rules.stream_response(None, items):
            if isinstance(event, ResponseCompletedEvent) and self._trouble:
                if isinstance(event.response.output[0], ResponseOutputMessage):
                    yield self._saying(BY_RULES.format(reason=self._trouble))
            elif event.type == "response.output_text.delta":
                event, apart = self._saying(event.delta, apart=apart), False  # noqa: PLW2901  a piece like any other
            yield event

    async def _by_language(
        self, items: list[TResponseInputItem], tools: Sequence[Tool]
    ) -> AsyncIterator[TResponseStreamEvent]:
        guard = await self._guarded()
        for text in self._news():
            yield self._saying(text)
        if guard.waiting:
            text, self._line.turn.pending = waiting(guard.waiting)
            yield self._saying("\n".join([*failures(self._line.tools.made), *_remarks(guard), text]))
            yield completed([message(text)], self._language.choice.name)
            return
        answer, spoken = None, ""
        try:
            guard.check()
            async for given in self._language.ask(self._asked(items, tools), self._account()):
                if isinstance(given, Answer):
                    answer = given
                elif may_speak(self._line.tools.made):
                    yield self._saying(given, apart=not spoken)
                    spoken += given
        except Trouble as trouble:
            self._trouble = str(trouble)
        if answer is not None and answer.calls:
            yield completed(answer.items, self._language.choice.name)
            return
        async for event in self._ended(guard, spoken):
            yield event

    async def _ended(self, guard: Guard, spoken: str) -> AsyncIterator[TResponseStreamEvent]:
        """End the model's part: hand the line over to the rules while nothing was changed, or say what is left to say."""
        made = self._line.tools.made
        changed = any(not call.reads and not call.failed for call in made)
        told = closing(made, spoken)
        if self._trouble is None and not told.text and not spoken and not changed:
            self._trouble = "it said nothing"
        self._line.tools.guard = None
        if self._trouble is not None and not changed:
            self._by_rules = True
            return
        self._line.turn.pending = told.pending
        rest = [*_remarks(guard), *self._corrections(spoken), *([told.text] if told.text else [])]
        if self._trouble is not None:
            rest.append(STOPPED.format(reason=self._trouble))
        for text in rest:
            yield self._saying(text)
        yield completed([message(spoken)], self._language.choice.name)

    async def _guarded(self) -> Guard:
        """Return what stands before the tools while the model calls; from here on the open question is dropped."""
        tools, line = self._line.tools, self._line
        if tools.guard is None:
            line.turn.pending = None
            line.context = Context(line.context.now, await preferences(tools))
            self._instructions = instructions(line.context)
            heard = tuple(exchange.line for exchange in line.turn.talk)
            tools.guard = Guard(
                tools=await tools.listed(),
                said=Said(line.text, heard, line.context),
                limit=self._language.choice.limits.calls,
                make=tools.make,
                try_out=tools.try_out,
                keep=tools.keep,
            )
        return tools.guard

    def _corrections(self, spoken: str) -> list[str]:
        context = self._line.context
        today = context.now.astimezone(ZoneInfo(context.preferences.zone)).date()
        return [f"({correction}.)" for correction in wrong_weekdays(spoken, today)]

    def _account(self) -> Spent:
        if self._spent is None:
            self._spent = Spent()
        return self._spent

    def _asked(self, items: list[TResponseInputItem], tools: Sequence[Tool]) -> Asked:
        before: list[TResponseInputItem] = []
        for exchange in self._line.turn.talk:
            before += [{"role": "user", "content": exchange.line}, {"role": "assistant", "content": exchange.reply}]
        return Asked(self._instructions, [*before, *items], list(tools))

    def _news(self) -> list[str]:
        """Return what was changed since it was told last."""
        made = self._line.tools.made
        fresh, self._told = made[self._told :], len(made)
        return [told_of(call).text for call in fresh if not call.reads and not call.failed]

    def _saying(self, text: str, *, apart: bool = True) -> TResponseStreamEvent:
        """Return a piece of the reply, on a line of its own if it stands apart from what was said before."""
        begins = "\n" if self._said and apart else ""
        self._said = True
        return piece(begins + text)


def _remarks(guard: Guard) -> list[str]:
    remarks, guard.remarks = guard.remarks, []
    return [f"({remark})" for remark in remarks]


def _last_said(items: Sequence[TResponseInputItem]) -> int:
    """Return the place of the line that is being answered."""
    return max(place for place, item in enumerate(items) if dict(item).get("role") == "user")
