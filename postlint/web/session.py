"""All that the requests of a run share, put together."""

from __future__ import annotations

from postlint.web.chain import Walker
from postlint.web.files import most_connections, most_files
from postlint.web.lanes import Lanes
from postlint.web.resolving import Names
from postlint.web.settings import Settings
from postlint.web.wire import Wire


class Session:
    """Connections, names, and the lanes of hosts. It is made within a running event loop, and closed."""

    def __init__(self, settings: Settings) -> None:
        affordable = min(settings.connections, most_connections(most_files()))
        settings = settings._replace(connections=affordable)
        self.settings = settings
        self.names = Names(settings)
        self.lanes = Lanes(settings)
        self.wire = Wire(settings, self.names)
        self.walker = Walker(settings, self.wire, self.names, self.lanes)

    async def close(self) -> None:
        """Ends what is under way, and closes all connections."""
        await self.walker.close()
        await self.names.close()
        await self.wire.close()
