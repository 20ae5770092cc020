"""The body of a command: a batch of items. A broken envelope refuses the whole request, a broken item only itself."""

from typing import Annotated, Any, TypeVar

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from services.kit.problems import invalid
from taskora.api.wire import ITEMS_LIMIT, Among, Asked, PreferencesEdit, TaskEdit, TaskPatch
from taskora.domain.errors import InvalidField

Model = TypeVar("Model", bound=BaseModel)


class Batch(Asked):
    """The envelope of a command. `said_at`: the instant at which the words were said, by default now.

    `atomic`: all items or none. `dry_run`: say what would become of them, and keep nothing.
    """

    items: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=ITEMS_LIMIT)]
    said_at: AwareDatetime | None = None
    atomic: bool = False
    dry_run: bool = False


class Lookup(Asked):
    """The envelope of a lookup. `scope`: among which tasks a title is looked for, by default the open ones first, then all."""

    items: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=ITEMS_LIMIT)]
    scope: Among = "any"


class Undo(Asked):
    """The body of an undo: nothing, or the id of the command to take back. `dry_run`: say what would be taken back."""

    command_id: str | None = None
    dry_run: bool = False


class PreferencesChange(PreferencesEdit):
    """The body of a change of preferences. `dry_run`: say how they would be."""

    dry_run: bool = False


def edit_of_patch(patch: TaskPatch, reference: str, version: int | None) -> TaskEdit:
    """Return the item of a batch that says the same as a patch of one task. `version` is that of `If-Match`.

    Raises InvalidField when the patch names another one.
    """
    if version is not None and patch.version not in {None, version}:
        raise InvalidField("This is another version than that of If-Match.", field="version")
    sent = patch.model_dump(exclude_unset=True, exclude={"said_at", "dry_run"})
    return TaskEdit.model_validate({**sent, "task": reference, "version": version or patch.version})


def parse(model: type[Model], body: bytes) -> Model:
    """Read a body. Raises InvalidField for malformed JSON and for another form."""
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise invalid(error.errors(include_url=False)) from error


def parse_item(model: type[Model], item: dict[str, Any]) -> Model | InvalidField:
    """Read one item; return what is wrong with it."""
    try:
        return model.model_validate(item)
    except ValidationError as error:
        return invalid(error.errors(include_url=False))
