"""What a story's pages say of where it came from and what its carriers made of it.

Only what shown entries say counts: a name that a held or withdrawn entry gives as its source is not printed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from matrixsite.config.settings import Account, Member
from matrixsite.dedup.verdict import Evidence
from matrixsite.editorial.folding import folded
from matrixsite.site.source import Joined, StoryFacts

CORRECTION, REVISION, EXCERPT, REPOST = "correction", "revision", "excerpt", "repost"
_CORRECTS = "c"  # among the signs: it says itself that it puts something right


def outside_of(facts: StoryFacts) -> str:
    """The source outside the matrix, as an entry writes it; empty where no shown entry names it."""
    if not facts.outside:
        return ""
    naming = [one for one in facts.joined if facts.outside in one.named]
    written = (one.credit for one in naming if folded(one.credit) == folded(facts.outside))
    return next(written, facts.outside if naming else "")


def corrections(facts: StoryFacts) -> Mapping[str, str]:
    """Entries that put something right, oldest first, each with its mark: it says so, or its account published the
    same text before with something else in it."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    for one in facts.joined:
        if _CORRECTS in one.signs:
            found[one.entry] = CORRECTION
        elif one.evidence == Evidence.CORRECTION and one.account in seen:
            found[one.entry] = REVISION
        seen.add(one.account)
    return found


def correction_of(facts: StoryFacts) -> str:
    """The entry that whoever reads the story should read instead; empty where there is none.

    The last one of the account that published the original, else the first of any.
    """
    found = corrections(facts)
    original = next((one for one in facts.joined if one.entry == facts.original), None)
    if facts.original in found or len(found) == len(facts.joined):
        return ""
    own = [
        one.entry
        for one in facts.joined
        if one.entry in found and original and one.account == original.account
    ]
    return own[-1] if own else next(iter(found), "")


def marks_of(facts: StoryFacts, called: Mapping[str, Collection[str]]) -> Mapping[str, tuple[str, ...]]:
    """By entry, what its carrier did to the text. `called` are an account's own names, as `names_of` gives them."""
    length = next((one.length for one in facts.joined if one.entry == facts.original), 0)
    correcting = corrections(facts)
    marks: dict[str, tuple[str, ...]] = {}
    for one in facts.joined:
        found = [correcting[one.entry]] if one.entry in correcting else []
        if one.evidence == Evidence.EXCERPT and one.length < length:
            found.append(EXCERPT)
        if one.entry != facts.original and _names_another(one, called.get(one.account, ())):
            found.append(REPOST)
        marks[one.entry] = tuple(found)
    return marks


def names_of(account: Account, member: Member | None) -> frozenset[str]:
    """What an account is called, folded."""
    names = (account.name, account.handle, *account.other_names)
    others = (member.name, *member.aliases) if member else ()
    return frozenset(folded(name) for name in (*names, *others) if name)


def _names_another(one: Joined, called: Collection[str]) -> bool:
    return any(not folded(name).startswith(tuple(called)) for name in one.named)
