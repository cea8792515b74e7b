"""From stored entries to what a site can show: their stories, then what settings and editors say of them.

    pending ─► stories ─► editors' words on stories ─► status ─► lists by rule

One run at a time settles; others may take entries in meanwhile. At the end nobody else writes: so there is a moment at
which no entry waits for its story, and that is what a site is made from.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.status import account_standing
from matrixsite.pipeline.engine import Engine
from matrixsite.pipeline.engines import AnyEngine
from matrixsite.pipeline.options import Options
from matrixsite.pipeline.progress import Progress
from matrixsite.pipeline.stories import StoryFinder
from matrixsite.store.account_changes import tell_account_changes
from matrixsite.store.database import Database
from matrixsite.store.editors_lists import editors_lists
from matrixsite.store.memberships import match_rules
from matrixsite.store.originals import Sources
from matrixsite.store.settling import settle
from matrixsite.store.stories import pending_count
from matrixsite.store.story_words import apply_story_words


@dataclass(frozen=True, slots=True)
class Settling:
    """All that settling looks at."""

    settings: Settings
    content: Content
    database: Database
    options: Options

    def settle(self, engine: AnyEngine, progress: Progress) -> int:
        """Settle all that came in; returns how many entries got their story."""
        with self.database.settling():
            stories = StoryFinder(self.database, Sources(self.settings), engine, self.options)
            joined = stories.find(progress)
            with self.database.alone():
                joined += stories.find_more(progress)
                self._judge()
        return joined

    @contextmanager
    def settled(self, progress: Progress) -> Iterator[Connection]:
        """A view of the store in which nothing waits, whatever other runs took in since."""
        with ExitStack() as stack:
            with self.database.settling(), self.database.alone():
                if self.database.shared:
                    self._find_more(progress)
                    self._judge()
                connection = stack.enter_context(self.database.read())
                pending_count(connection)  # from its first question on it sees this moment
            yield connection

    def _find_more(self, progress: Progress) -> None:
        StoryFinder(self.database, Sources(self.settings), Engine(1), self.options).find(progress)

    def _judge(self) -> None:
        settings, content = self.settings, self.content
        with self.database.write() as connection:
            apply_story_words(connection, content.stories, Sources(settings))
            settle(connection, settings, account_standing(settings), content, self.options.now)
            tell_account_changes(connection, settings)
            nodes = editors_lists(connection, settings, content)
            match_rules(connection, nodes, ZoneInfo(settings.site.timezone))
