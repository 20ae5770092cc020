"""The task service put together: its routes and its handlers over one database. A host includes both."""

from services.kit.identity import Identity, TokenVerifier
from services.tasks.command_routes import CommandRoutes
from services.tasks.commands.run import Commands
from services.tasks.handlers import subscriptions
from services.tasks.queries import Queries
from services.tasks.routes import ReadRoutes, routes
from taskora.domain.preferences import Preferences
from taskora.runtime.ports import Clock
from taskora.storage.database import Database

AUDIENCE = "tasks"


class TasksService:
    """`router` has its routes under /api/v1, `subscriptions` its handlers of events.

    `preferences` are those of a user who chose none; their zone is the machine's, or the one of the settings.
    """

    def __init__(self, database: Database, clock: Clock, verifier: TokenVerifier, preferences: Preferences) -> None:
        identity = Identity(verifier, AUDIENCE)
        queries = Queries(database, clock, preferences)
        commands = Commands(database, clock, preferences)
        self.router = routes(ReadRoutes(queries, identity), CommandRoutes(commands, queries, identity))
        self.subscriptions = subscriptions(database, clock, preferences)
