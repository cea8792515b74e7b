"""One edition of the site: everything its pages are made from, gathered once a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from matrixsite.boards.board import Board
from matrixsite.config.settings import Account, Batch, Group, Member, Profile, Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.editorial.honors import HonorRoll
from matrixsite.editorial.lists import EditorsList
from matrixsite.editorial.people import Person
from matrixsite.editorial.sections import Section, all_sections
from matrixsite.editorial.streaks import Place, Streak, streaks
from matrixsite.registry.bodies import Body, bodies
from matrixsite.registry.roster import predecessors
from matrixsite.site import urls
from matrixsite.site.contexts.frame import Head, Link, Moment
from matrixsite.site.group_tree import GroupTree, group_tree
from matrixsite.site.honors_won import Honor, honors_by_member, honors_by_person
from matrixsite.site.rebuttals import Rebuttals, rebuttals_by_story
from matrixsite.site.search.segments import Segment, month_after, open_pieces, segments
from matrixsite.site.source import Source, Standing
from matrixsite.site.spread import names_of
from matrixsite.site.theme import NO_FILES, Static
from matrixsite.site.urls import absolute, account_page
from matrixsite.site.words import Words, words
from matrixsite.site.words.dates import DateStyle, date_style

END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Edition:
    """The inputs of all pages. `today` decides what has expired; nothing here reads a clock."""

    settings: Settings
    content: Content
    source: Source
    today: date
    editors_pages: tuple[Link, ...] = ()  # those that Pelican writes
    static: Static = NO_FILES  # the theme's

    @cached_property
    def accounts(self) -> Mapping[str, Account]:
        return {account.id: account for account in self.settings.accounts}

    @cached_property
    def accounts_of(self) -> Mapping[str, list[Account]]:
        """By member id."""
        run: dict[str, list[Account]] = {}
        for account in self.settings.accounts:
            run.setdefault(account.member, []).append(account)
        return run

    @cached_property
    def account_links(self) -> Mapping[str, Link]:
        """The account's name and its page, by account id; rows name one each."""
        return {
            account.id: Link(account.name, account_page(account.id)) for account in self.settings.accounts
        }

    @cached_property
    def days_ahead(self) -> tuple[date, ...]:
        """Days yet to come on which an account joins or closes: what shows who is in changes when one has come."""
        named = {day for account in self.settings.accounts for day in (account.joined, account.closed)}
        named |= {batch.date for batch in self.settings.batches}
        return tuple(sorted(day for day in named if day and day > self.today))

    @cached_property
    def batches(self) -> Mapping[str, Batch]:
        """By id, in the order of their dates."""
        return {batch.id: batch for batch in self.settings.batches}

    @cached_property
    def accounts_of_batch(self) -> Mapping[str, list[str]]:
        """The ids of the accounts that joined with each batch."""
        joined: dict[str, list[str]] = {}
        for account in self.settings.accounts:
            if account.batch:
                joined.setdefault(account.batch, []).append(account.id)
        return joined

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        """Who stands behind accounts, by id."""
        return bodies(self.settings)

    @cached_property
    def predecessors(self) -> Mapping[str, Sequence[str]]:
        """The accounts that an account directly followed, by its id."""
        return predecessors(self.settings.accounts)

    @cached_property
    def top_groups(self) -> Mapping[str, tuple[str, ...]]:
        """The groups of the top that an account is in, at any depth, by account id."""
        top = [group.id for group in self.tree.children.get("", ())]
        found: dict[str, list[str]] = {account: [] for account in self.accounts}
        for group in top:
            for account in self.tree.within[group]:
                found[account].append(group)
        return {account: tuple(groups) for account, groups in found.items()}

    @cached_property
    def alone(self) -> frozenset[str]:
        """Members that are no more than one account: its archive and its feed are theirs too."""
        return frozenset(
            member for member, run in self.accounts_of.items() if [account.id for account in run] == [member]
        )

    @cached_property
    def members(self) -> Mapping[str, Member]:
        return {member.id: member for member in self.settings.members}

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        return {group.id: group for group in self.settings.groups}

    @cached_property
    def tree(self) -> GroupTree:
        accounts = sorted(self.settings.accounts, key=self.settings.sort_key)
        return group_tree(self.settings.groups, accounts, self.groups_of)

    @cached_property
    def lists(self) -> Mapping[str, Mapping[str, EditorsList]]:
        """The editors' lists (columns, series, campaigns, kinds) by folder and id."""
        return {folder: {one.id: one for one in lists} for folder, lists in self.content.lists.items()}

    @cached_property
    def announced(self) -> Mapping[str, Mapping[str, EditorsList]]:
        """Those of them that have begun; the others have a page that nothing leads to yet."""
        return {
            folder: {name: one for name, one in lists.items() if one.begun(self.today)}
            for folder, lists in self.lists.items()
        }

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.content.people}

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """All of the tree, by id."""
        return {section.id: section for section in all_sections(self.content.sections)}

    @cached_property
    def groups_with(self) -> Mapping[str, frozenset[str]]:
        """The groups that an account is in, at any depth, by account id."""
        return groups_of_accounts(self.settings)

    @cached_property
    def rolls(self) -> Mapping[str, HonorRoll]:
        """Latest year first."""
        return {roll.id: roll for roll in self.content.honors}

    @cached_property
    def boards(self) -> tuple[Board, ...]:
        """Those that are public and have an edition, in their order; nothing else of measures is on the site."""
        return tuple(board for board in self.content.boards if board.public and board.editions)

    @cached_property
    def honors_of(self) -> Mapping[str, tuple[Honor, ...]]:
        """What members, their accounts, works and people were honored for; by member id."""
        return honors_by_member(self.content.honors, self.streaks)

    @cached_property
    def streaks(self) -> Mapping[Place, Streak]:
        """Honors that were won by the same in a row."""
        return streaks(self.content.honors)

    @cached_property
    def honors_of_people(self) -> Mapping[str, tuple[Honor, ...]]:
        """What people with a page were honored for; by person id."""
        return honors_by_person(self.content.honors, self.streaks)

    @cached_property
    def rebuttals(self) -> Mapping[str, Rebuttals]:
        """What stories rebut and what rebuts them; by story."""
        return rebuttals_by_story(self.content.kinds, self.source)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        return self.source.standings()

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.site.timezone)

    @cached_property
    def say(self) -> Words:
        """The site's words, as `_` in templates."""
        return words(self.settings.site.language)

    @cached_property
    def date_style(self) -> DateStyle:
        """How the site prints days and times, as `date_style` in templates."""
        site = self.settings.site
        return date_style(site.language, official=site.profile is Profile.GOV)

    @cached_property
    def search_segments(self) -> Sequence[Segment]:
        """The periods that the index of search is cut into, oldest first."""
        oldest, months = self.source.oldest_published(), []
        if oldest is None:
            return ()
        opened = (self.today.year, self.today.month)
        first = self.day(oldest)
        month = (first.year, first.month)
        while month < opened:
            months.append(month)
            month = month_after(month)
        starts = [date(*month, 1) for month in months]
        bounds = [*map(self.midnight, (*starts, *open_pieces(self.today))), END_OF_TIME]
        counts = self.source.count_between(bounds)
        closed = {month: count for month, count in zip(months, counts, strict=False) if count}
        return segments(closed, counts[len(months) :], self.today)

    def day(self, at: datetime) -> date:
        """The day of a stored time in the site's zone."""
        return at.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """When a day begins in the site's zone."""
        return datetime.combine(day, time.min, self.zone)

    @property
    def feed_style(self) -> str:
        """The site path of the theme's style sheet for feeds; empty where it has none."""
        return urls.FEED_STYLE if urls.FEED_STYLE.removeprefix(urls.THEME) in self.static.paths else ""

    def called(self, account: str) -> frozenset[str]:
        """What an account calls itself in a line that names a source."""
        its = self.accounts[account]
        return names_of(its, self.members.get(its.member))

    def absolute(self, path: str) -> str:
        """The one address of a page for the outside."""
        return absolute(self.settings.site.url, path)

    def moment(self, time: datetime) -> Moment:
        """A stored time as the site prints it."""
        return Moment(time.astimezone(self.zone).isoformat(timespec="seconds"))

    def groups_of(self, account: Account) -> tuple[str, ...]:
        """The groups it is listed in: its own, else its member's."""
        member = self.members.get(account.member)
        return account.groups or (member.groups if member else ())

    def member_name(self, account: Account) -> str:
        """The body that runs the account; empty where it is the account itself."""
        member = self.members.get(account.member)
        return member.name if member and account.member != account.id and member.name != account.name else ""

    def head(
        self, title: str, path: str, description: str = "", *, canonical: str = "", image: str = ""
    ) -> Head:
        """The head of a page; an ordinary one is its own canonical address."""
        return Head(title, canonical or self.absolute(path), description, image=image)
