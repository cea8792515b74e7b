"""What joining knows: the store's index as it was, and over it what the entries of this batch taught.

Answers of the store never depend on the batch, so the decisions are the same wherever the sequence is cut. What most
batches meet, the hashes of templates and the stories that have them, is kept from one to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain

from matrixsite.dedup.compare import Face
from matrixsite.dedup.lookup import DAY, Kind, Lookup, Story, Use
from matrixsite.dedup.postings import Postings, surviving
from matrixsite.dedup.prints import Pending, Print, print_of
from matrixsite.dedup.shelf import Shelf

# Seconds since something of a story was first seen, after which it is not looked for any more.
ASLEEP = 45 * DAY
POSTINGS = 10  # stories that a fingerprint is kept for
TITLES = 40  # stories that a title or picture is kept for
SENTENCES = 6  # stories that a sentence is kept for
OWN = 3  # entries of its own account that an entry is compared with
# Stories in which a sentence stands digit for digit, from which on it is no part of any of them.
FURNITURE = 5
STOP = 3  # stories in which a sentence stands, from which on it is a template's or furniture
FACES = 200  # entries of which all is kept that comparing needs: some 100 KB each
KEPT = 20_000  # hashes of templates that are kept for the next batches: some 5 MB


class Index:
    """The store's index with what a batch adds."""

    def __init__(self, lookup: Lookup, make: Callable[[Pending], Print] = print_of) -> None:
        self._lookup = lookup
        self._shelf = Shelf(make)
        self._stories: dict[str, Story] = {}
        self._gone: dict[str, str] = {}  # story → the one it was merged into
        # story, account → entries of this batch, newest last
        self._own: dict[tuple[str, str], list[str]] = {}
        self._since = 0  # the day from which on what was learned is awake for all entries of the batch
        self._early: set[str] = set()  # stories that were learned before: they may be asleep
        self._fresh: set[str] = set()  # stories of this batch: the store doesn't know them
        self._faces: dict[str, Face] = {}
        self._looked_up: set[str] = set()  # entries whose sentences were looked up
        self._uses: dict[int, Sequence[Use]] = {}
        self._urls: dict[int, list[str]] = {}
        self._shared: set[int] = set()  # addresses that one feed gives to several entries
        self.changed: dict[str, None] = {}  # stories to write
        self.contains: dict[tuple[str, str], None] = {}  # digest, story: new pairs
        self.fingerprints = Postings(POSTINGS, self._gone)
        self.sentences = Postings(SENTENCES, self._gone)

    def go_on(self, lookup: Lookup) -> None:
        """All that was learned stands in the store, which the next batch finds in `lookup`."""
        self._lookup = lookup
        self.fingerprints.settle(STOP, KEPT)
        self.sentences.settle(STOP, KEPT)
        self._gone.clear()
        common = {name for names in self.fingerprints.known.values() for name in names}
        self._stories = {name: story for name, story in self._stories.items() if name in common}
        for known in (self._own, self._faces, self._uses, self._urls, self.changed, self.contains):
            known.clear()
        for names in (self._fresh, self._looked_up, self._shared):
            names.clear()
        self._shelf.tidy()

    def expect(self, pending: Sequence[Pending], prints: Sequence[Print]) -> None:
        """Load what these entries will ask for, in few queries."""
        self._shelf.put(prints)
        masked = {hashed for made in prints for hashed in made.masked} - self.sentences.known.keys()
        found_sentences = self._lookup.sentences(masked)
        self.sentences.known.update((hashed, list(found_sentences.get(hashed, ()))) for hashed in masked)
        self._looked_up.update(made.id for made in prints)
        urls = {item.url_key for item in pending if item.url_key is not None}
        _fill(self._urls, self._lookup.same_url(urls))
        self._shared.update(url for url, names in self._urls.items() if not names)
        titles = {made.title_key for made in prints if made.title_key is not None}
        self._uses.update(self._lookup.title_uses(titles))
        keys = {hashed for made in prints for hashed in lookups_of(made)} - self.fingerprints.known.keys()
        standing = self._lookup.postings(keys, self._since)
        _fill(self.fingerprints.known, standing.stories)
        self._early.update(standing.early)
        self.load({*self._early, *chain(*self._urls.values()), *self._told_apart(prints)})

    def as_of(self, newest: int) -> None:
        """No entry or story of the batch is newer than this (first seen, touched): say so before expecting anything."""
        since = -((ASLEEP - newest) // DAY)  # rounded up
        if since > self._since:
            self._since = since
            self.fingerprints.known.clear()  # of which it isn't known what of it is that old

    def _told_apart(self, prints: Sequence[Print]) -> Iterable[str]:
        """The stories that candidates come from: of the same title or picture, or of fingerprints that few have."""
        for made in prints:
            for hashed in (*made.images, *title_of(made)):
                yield from self.fingerprints.of(hashed)
            for hashed in made.sought:
                if len(names := self.fingerprints.of(hashed)) <= STOP:
                    yield from names

    def stories_at(self, hashes: Iterable[int], now: int) -> list[list[str]]:
        """For each fingerprint, title or picture the stories in which it stands and that are not asleep."""
        found = [self.fingerprints.of(hashed) for hashed in hashes]
        if not self._early:
            return found
        return [[name for name in names if self._awake(name, now)] for names in found]

    def _awake(self, name: str, now: int) -> bool:
        return name not in self._early or now - self.story(name).touched <= ASLEEP

    def stories_by_url(self, url_key: int | None) -> list[str]:
        """The stories in which a page address stands."""
        return [] if url_key is None else surviving(self._urls.get(url_key, ()), self._gone)

    def face(self, made: Print) -> Face:
        """An entry as it is compared, by what is known of its sentences now."""
        if not made.sentences:
            return Face(made)
        self._learn_about([made])
        counts = [(hashed, len(self.sentences.of(hashed))) for hashed in made.masked]
        stop = frozenset([hashed for hashed, count in counts if count >= STOP])
        furniture = frozenset([hashed for hashed, count in counts if count >= FURNITURE])
        face = self._faces.get(made.id)
        if face is None or face.stop != stop or face.furniture != furniture:
            if len(self._faces) >= FACES:
                self._faces.clear()
                self._shelf.slim()
            face = self._faces[made.id] = Face(made, stop, furniture)
        return face

    def _learn_about(self, prints: Sequence[Print]) -> None:
        """Find out in how many stories the sentences of these entries stand, in one query."""
        known = self.sentences.known
        fresh = [made for made in prints if made.id not in self._looked_up]
        if missing := {hashed for made in fresh for hashed in made.masked if hashed not in known}:
            found = self._lookup.sentences(missing)
            known.update((hashed, list(found.get(hashed, ()))) for hashed in missing)
        self._looked_up.update(made.id for made in fresh)

    def prepare(self, stories: Sequence[Story]) -> None:
        """Load what entries of these stories are compared by, in two queries."""
        names = dict.fromkeys(name for one in stories for name in (one.id, one.longest, one.latest))
        self._learn_about(self.prints([*names]))

    def uses(self, title_key: int | None) -> Sequence[Use]:
        """Where a title stands in all of the store."""
        return () if title_key is None else self._uses.get(title_key, ())

    def load(self, ids: Collection[str]) -> None:
        """Load these stories in one query."""
        missing = [name for name in ids if name not in self._stories]
        if missing:
            self._stories.update(self._lookup.stories(missing))

    def story(self, name: str) -> Story:
        if name not in self._stories:
            self.load((name,))
        return self._stories[name]

    def print(self, entry: str) -> Print:
        """The print of any entry of a story."""
        return self.prints((entry,))[0]

    def prints(self, entries: Collection[str]) -> list[Print]:
        """The prints of entries of stories, in one query."""
        return self._shelf.take(entries, self._lookup)

    def titles(self, entries: Collection[str]) -> list[str]:
        """The bare titles of entries of stories, in one query."""
        return self._shelf.titles(entries, self._lookup)

    def compared(self, story: Story, account: str) -> list[Print]:
        """What one of this account is compared with in a story: the first, longest, latest, and its own."""
        ids = dict.fromkeys((story.id, story.longest, story.latest))
        own: list[Print] = []
        if story.size > len(ids):
            own = self.prints([*self._own_of(story.id, account)])
            own.sort(key=lambda made: (made.published, made.id), reverse=True)
        ids |= dict.fromkeys(made.id for made in own[:OWN])
        return self.prints([*ids])

    def _own_of(self, story: str, account: str) -> dict[str, None]:
        """The entries of an account in a story, of this batch and of before."""
        ids: dict[str, None] = {}
        for name in (story, *(gone for gone in self._gone if self.surviving(gone) == story)):
            ids |= dict.fromkeys(self._own.get((name, account), ()))
            if name not in self._fresh:
                ids |= dict.fromkeys(self._lookup.members(name, account))
        return ids

    def found(self, made: Print, entry: Pending, kind: Kind) -> None:
        """A story begins with this entry."""
        self._fresh.add(made.id)
        self._stories[made.id] = Story(
            id=made.id,
            kind=kind,
            founded=entry.first_seen,
            first=_earliest(entry),
            last=entry.published,
            touched=entry.first_seen,
            longest=made.id,
            length=len(made.words),
            latest=made.id,
            size=0,
        )
        self._learn(made, entry, made.id)

    def join(self, made: Print, entry: Pending, name: str) -> None:
        """An entry is of this story from now on."""
        story = self.story(name)
        longer = len(made.words) > story.length
        self._stories[name] = story._replace(
            first=min(story.first, _earliest(entry)),
            last=max(story.last, entry.published),
            touched=max(story.touched, entry.first_seen),
            longest=made.id if longer else story.longest,
            length=len(made.words) if longer else story.length,
            latest=made.id,
        )
        self._learn(made, entry, name)

    def _learn(self, made: Print, entry: Pending, name: str) -> None:
        story = self._stories[name]
        self._stories[name] = story._replace(size=story.size + 1)
        self.changed[name] = None
        self._own.setdefault((name, made.account), []).append(made.id)
        self.learn(made, name)
        if entry.url_key is not None and entry.url_key not in self._shared:
            self._urls.setdefault(entry.url_key, []).append(name)

    def learn(self, made: Print, name: str) -> None:
        """What an entry is found by leads to this story from now on."""
        story = self.story(name)
        day = story.touched // DAY
        if day < self._since:
            self._early.add(name)
        counts = partial(self._awake, now=story.touched) if self._early else None
        self.fingerprints.learn(made.keys, name, day, counts)
        self.fingerprints.learn((*made.images, *title_of(made)), name, day, counts, TITLES)
        if story.kind is Kind.STORY:  # what a digest quotes is no template for it
            self.sentences.learn(made.masked, name, day)

    def merge(self, gone: str, into: str) -> None:
        """A story turned out to be another: the older one."""
        old, new = self.story(gone), self.story(into)
        longer = old.length > new.length
        self._stories[into] = new._replace(
            first=min(old.first, new.first),
            last=max(old.last, new.last),
            touched=max(old.touched, new.touched),
            longest=old.longest if longer else new.longest,
            length=max(old.length, new.length),
            size=old.size + new.size,
        )
        self._gone[gone] = into
        self.changed.pop(gone, None)
        self.changed[into] = None

    def surviving(self, name: str) -> str:
        """The story that this one is by now."""
        return surviving((name,), self._gone)[0]


def _earliest(entry: Pending) -> int:
    """An undated entry may be of any time before it was first seen."""
    return 0 if entry.inferred else entry.published


def _fill(known: dict[int, list[str]], found: Mapping[int, Sequence[str]]) -> None:
    known.update((hashed, list(names)) for hashed, names in found.items())


def lookups_of(made: Print) -> Iterable[int]:
    """All hashes of a print that stories are sought by."""
    return chain(made.sought, made.images, title_of(made))


def title_of(made: Print) -> tuple[int, ...]:
    """The key of its title, if it has one."""
    return () if made.title_key is None else (made.title_key,)
