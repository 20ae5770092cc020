"""The task service put together: its routes, its handlers and its rounds over one database. A host serves and drives them."""

from services.kit.identity import Identity, TokenVerifier
from services.kit.rate_limit import RateLimit
from services.kit.retention import forget_seen
from services.tasks.command_routes import CommandRoutes
from services.tasks.commands.run import Commands
from services.tasks.handlers import subscriptions
from services.tasks.queries import Queries
from services.tasks.reconcile import recurrence_cron
from services.tasks.reports import Reports
from services.tasks.retention import empty_trash, forget_answers
from services.tasks.routes import ReadRoutes, routes
from services.tasks.single_routes import SingleRoutes
from services.tasks.steps import SERVICE
from taskora.domain.preferences import Preferences
from taskora.runtime.ports import Clock, Inbound
from taskora.storage.database import Database

AUDIENCE = "tasks"


class TasksService:
    """`router` has its routes under /api/v1, `inbound` what else may reach it.

    `preferences` are those of a user who chose none; their zone is the machine's, or the one of the settings. `seen_days` is
    for how long it remembers events, `trash_days` deleted tasks, `answer_days` the answers of idempotency keys; `series_limit`
    is how many tasks a series ever makes, `rate_limit` how many requests a user may send in a minute.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        verifier: TokenVerifier,
        preferences: Preferences,
        *,
        seen_days: int = 30,
        trash_days: int = 30,
        answer_days: int = 7,
        series_limit: int = 10_000,
        rate_limit: int | None = None,
    ) -> None:
        identity = Identity(verifier, AUDIENCE, None if rate_limit is None else RateLimit(rate_limit))
        queries = Queries(database, clock, preferences)
        reports = Reports(database, clock, preferences)
        commands = Commands(database, clock, preferences)
        self.router = routes(
            ReadRoutes(queries, reports, identity),
            CommandRoutes(commands, queries, identity),
            SingleRoutes(commands, queries, identity),
        )
        self.inbound = Inbound(
            SERVICE,
            subscriptions=subscriptions(database, clock, preferences, series_limit),
            intervals=(
                forget_seen(database, SERVICE, seen_days),
                recurrence_cron(database, clock),
                empty_trash(database, clock, trash_days),
                forget_answers(database, clock, answer_days),
            ),
        )
