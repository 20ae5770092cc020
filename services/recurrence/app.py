"""The recurrence service put together: it has handlers and nothing else. A host subscribes them."""

from services.recurrence.handlers import subscriptions

__all__ = ["subscriptions"]
