"""The task service's tables and every statement on them. The only place of the service that knows SQL."""

from sqlalchemy import Connection

__all__ = ["Connection"]
