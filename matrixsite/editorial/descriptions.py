"""What each key of the editors' files is for, as their JSON Schemas tell it: by shape, then by key."""

from __future__ import annotations

from collections.abc import Mapping

_REF = "an entry: its id, or its address"
_FORMER = "earlier ids, whose addresses lead here"
_TITLE = "name as shown"
_LINK = "an address, https://…"

_LIST = {
    "title": _TITLE,
    "lead": "a sentence below the title",
    "cover": "a picture: https://… or a path inside content/",
    "picks": "entries that stand first, in this order",
    "exclude": "entries that stay out though the rule matches",
    "rule": "what else fills the list, newest first",
    "limit": "stories on its front page",
    "order": "place among its like, lowest first",
    "former": _FORMER,
}
_PERIOD = {
    "from": "first day on which it is announced",
    "to": "last day on which it is announced; its page stays",
}

DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "WrittenPeriod": {**_LIST, **_PERIOD},
    "SeriesFront": {
        **_LIST,
        "accounts": "ids of accounts that carry it",
        "host": "who presents it, in words",
        "people": "ids of people (content/people/) who present it",
    },
    "CampaignFront": {
        **_LIST,
        **_PERIOD,
        "partners": "who takes part: names, or ids of members and accounts",
        "topics": "topics of entries that belong to it, with or without #",
    },
    "KindItem": {**_LIST, "id": "a to z, digits, hyphens: its address, and what rules call it"},
    "KindPick": {
        "ref": _REF,
        "note": "the editors' words on it",
        "rebuts": "what it rebuts: refs, or pages elsewhere",
    },
    "RebuttedItem": {"url": _LINK, "title": "what it says there"},
    "PersonFront": {
        "name": _TITLE,
        "member": "id of the member that they belong to",
        "by": "whom they belong to, in words, where the matrix doesn't know it",
        "role": "what they do there",
        "aliases": "other names that honor rolls call them by",
        "intro": "a sentence on them",
        "portrait": "a picture: https://… or a path inside content/",
        "works": "what they made, beyond what honor rolls name",
        "picks": "entries of theirs or on them",
        "order": "place among the people, lowest first",
        "former": _FORMER,
    },
    "WrittenPick": {"ref": _REF, "note": "the editors' words on it"},
    "Rule": {
        "accounts": "ids of accounts",
        "members": "ids of members",
        "groups": "ids of groups, with all that lies in them",
        "platforms": "wechat, weibo, …",
        "classes": "classes of accounts: government, media, …",
        "kinds": "what an entry mainly brings (text, image, audio, video), or ids of kinds.yaml",
        "topics": "topics that an entry bears, with or without #",
        "sections": "ids of sections: what their rules match",
        "words": "words in title or text; one of them is enough",
        "title_words": "words in the title; one of them is enough",
        "since": "first day",
        "until": "last day",
        "not": "what this matches stays out",
    },
    "TaskFile": {
        "title": "what the office calls it",
        "piece": "what is to be carried: a ref, several, or words that it holds",
        "asked": "who is to carry it",
        "due": "until when: a day, or a time in the site's zone",
        "from": "since when, where the piece is told by words; default: 7 days before `due`",
        "note": "what the office says to it",
    },
    "PieceWords": {"words": "words that title and text hold, all of them"},
    "AskedItem": {
        "members": "ids of members: one of their accounts is enough",
        "accounts": "ids of accounts",
        "groups": "ids of groups: each of their accounts is asked",
        "rule": "which accounts: by platforms, classes, groups, …",
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
    "Work": {"title": _TITLE, "link": _LINK, "note": "a word on it"},
    "EntryItem": {
        "url": "address of the entry",
        "account": "id of the account that published it",
        "title": _TITLE,
        "date": "when it was published: a day, or a day and a time",
        "cover": "a picture: https://… or a path inside content/",
        "kind": "text, image, audio or video, and ids of kinds.yaml; one or several",
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
        "person": "id of the person's page (content/people/)",
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
