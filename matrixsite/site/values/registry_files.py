"""The register for programs: `api/v1/batches.json` and `api/v1/organisations.json`, as docs/api.md has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matrixsite.config.implied import ROLES
from matrixsite.config.settings import Batch, Organisation
from matrixsite.registry.bodies import Body
from matrixsite.site import urls
from matrixsite.site.documents import JsonDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made

VERSION = 1  # of all that lies below api/


def registry_files(edition: Edition) -> Iterator[Made]:
    """The batches with their accounts, and the bodies with theirs."""
    batches = [_batch(one, edition) for one in edition.settings.batches]
    yield Made("", urls.api("batches"), JsonDocument({"version": VERSION, "batches": batches}))
    bodies = [_body(one, edition) for one in edition.bodies.values()]
    yield Made("", urls.api("organisations"), JsonDocument({"version": VERSION, "organisations": bodies}))


def _batch(batch: Batch, edition: Edition) -> dict[str, Any]:
    return {
        "id": batch.id,
        "name": batch.name,
        "date": batch.date.isoformat() if batch.date else None,
        "intro": batch.intro or None,
        "source": batch.source or None,
        "page": edition.absolute(urls.batch_page(batch.id)),
        "accounts": list(edition.accounts_of_batch.get(batch.id, ())),
    }


def _body(body: Body, edition: Edition) -> dict[str, Any]:
    one = body.one
    return {
        "id": one.id,
        "name": one.name,
        "aliases": list(one.aliases),
        "member": not isinstance(one, Organisation),
        "parent": (one.parent or None) if isinstance(one, Organisation) else None,
        "home": one.home or None,
        "page": edition.absolute(urls.organisation_page(one.id)),
        **{role: list(body.roles.get(role, ())) for role in ROLES},
    }
