"""What each key of the editors' files is for, as their JSON Schemas tell it: by shape, then by key."""

from __future__ import annotations

from collections.abc import Mapping

_REF = "an entry: its id, or its address"
_FORMER = "earlier ids, whose addresses lead here"
_TITLE = "name as shown"
_LINK = "an address, https://…"

DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "ColumnFront": {
        "title": _TITLE,
        "lead": "a sentence below the title",
        "cover": "a picture: https://… or a path inside content/",
        "from": "first day on which the column is announced",
        "to": "last day on which the column is announced; its page stays",
        "picks": "entries that stand first, in this order",
        "exclude": "entries that stay out though the rule matches",
        "rule": "what else fills the column, newest first",
        "limit": "stories on its front page",
        "order": "place among the columns, lowest first",
        "former": _FORMER,
    },
    "WrittenPick": {"ref": _REF, "note": "the editors' words on it"},
    "Rule": {
        "accounts": "ids of accounts",
        "members": "ids of members",
        "groups": "ids of groups, with all that lies in them",
        "platforms": "wechat, weibo, …",
        "classes": "classes of accounts: government, media, …",
        "kinds": "what an entry mainly brings: text, image, audio, video",
        "topics": "topics that an entry bears, with or without #",
        "sections": "ids of sections: what their rules match",
        "words": "words in title or text; one of them is enough",
        "title_words": "words in the title; one of them is enough",
        "since": "first day",
        "until": "last day",
        "not": "what this matches stays out",
    },
    "HeadlineFront": {
        "pick": f"{_REF}, which leads the day that the file is named for",
        "reason": "why it leads, for readers",
        "picker": "who picked it",
    },
    "NoticeFront": {
        "title": "the notice in a sentence",
        "level": "how pressing it is",
        "from": "first day on which it stands",
        "until": "last day on which it stands",
        "former": _FORMER,
    },
    "HonorFront": {
        "title": _TITLE,
        "year": "the year that is honored",
        "lists": "the lists of the roll",
        "date": "day it was issued",
        "issuers": "who stands behind it",
        "level": "how far up the issuers stand",
        "basis": "what the choice rests on",
        "source": "where it was published",
        "former": _FORMER,
    },
    "ListItem": {
        "title": "name of the list; without the year it is the series that streaks are counted in",
        "kind": "what the list honors",
        "winners": "a name (of a list of works: a title), or a mapping where there is more to say",
        "announced": "size as announced: a warning tells where it differs",
        "ordered": "true: the order is a ranking",
    },
    "WinnerItem": {
        "name": "the account, unit or person as the roll names it",
        "account": "id of the account: the badge outlasts a rename",
        "member": "id of the member",
        "work": "title of the work",
        "by": "who made the work; whom the person belongs to",
        "citation": "what they are honored for",
        "rank": "the place, where it isn't that in the list",
        "link": f"the work, or the winner's page: {_LINK}",
    },
    "IssuersItem": {
        "guided_by": "指导: one, or a list",
        "hosted_by": "主办: one, or a list",
        "organised_by": "承办: one, or a list",
    },
    "Report": {"name": "who reported it", "date": "day of the report", "url": _LINK},
    "SectionItem": {
        "id": "the id, of which its address is made: a to z, digits, hyphens",
        "title": _TITLE,
        "rule": "what fills the section",
        "picks": "entries that stand first",
        "link": f"a place elsewhere instead of entries: {_LINK}",
        "children": "the sections below it",
    },
    "HandEntry": {
        "url": f"the entry's own page: {_LINK}",
        "account": "id of the account that published it",
        "title": "its title",
        "date": "day, or time, of publication",
        "cover": "a picture: https://… or a path inside content/",
        "kind": "what it mainly brings",
    },
    "StoryItem": {
        "join": "entries that carry one text",
        "split": "entries that don't belong to the others of their story",
        "original": "the entry that is its story's original",
    },
    "WithdrawalItem": {
        "ref": _REF,
        "why": "the reason, for the record",
        "scope": "the entry alone, or all who carry its text",
        "by": "who decided",
        "on": "day of the decision",
        "purge": "true: erase its text and its former words, too",
    },
}
