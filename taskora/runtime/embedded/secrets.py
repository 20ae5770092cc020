"""The secrets port on the settings: a secret is the setting of that name, `signing-key` is TASKORA_SIGNING_KEY."""

from dataclasses import fields

from taskora.config import Settings


class SettingsSecrets:
    """Gives the settings that are marked as secrets, and no other."""

    def __init__(self, settings: Settings) -> None:
        self._secrets = {
            setting.name.replace("_", "-"): getattr(settings, setting.name)
            for setting in fields(settings)
            if setting.metadata["secret"]
        }

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when there is none of that name."""
        return self._secrets.get(name)
