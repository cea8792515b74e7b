"""`publish`: the built site to one target, by the ledger that the store keeps of it."""

from __future__ import annotations

from pathlib import Path

from matrixsite.config.settings import Settings
from matrixsite.errors import PublishFailed
from matrixsite.hosting.sending import Difference, bring, difference, require_few_deletions
from matrixsite.hosting.sending import verify as verify_ledger
from matrixsite.hosting.target import target_at
from matrixsite.pipeline.progress import Progress
from matrixsite.site.publish import is_published
from matrixsite.store.database import Database
from matrixsite.store.ledger import StoreLedger
from matrixsite.store.outputs import StoreManifest


def publish_site(
    database: Database,
    folder: Path,
    address: str,
    settings: Settings,
    *,
    force: bool,
    verify: bool,
    dry_run: bool,
    progress: Progress,
) -> Difference:
    """Bring the target at an address in line with the site in a folder; what there was to do.

    The caller holds the run lock. Raises TargetUnknown, or PublishFailed where not all of it got there.
    """
    name, target = target_at(address, settings.root)
    if name == f"dir:{folder}":
        raise PublishFailed(f"{folder} is where the site is built; name another folder")
    if not is_published(folder, StoreManifest(database, folder)):
        raise PublishFailed(f"{folder} holds no site that was built here; run `matrixsite build` first")
    ledger = StoreLedger(database, name, folder)
    if verify and not dry_run:
        verify_ledger(folder, target, ledger, progress)
    todo = difference(ledger)
    if not dry_run:
        if not force:
            require_few_deletions(ledger, name)
        bring(folder, target, ledger, progress)
    return todo
