"""The site as a web app: its manifest, and the service worker of a site that asks for one (`site.offline`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from matrixsite.site import urls
from matrixsite.site.contexts.frame import OfflinePage
from matrixsite.site.documents import JsonDocument, TextDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made

_ICONS: Mapping[str, Mapping[str, str]] = {  # that a theme may have
    "icons/icon-192.png": {"sizes": "192x192", "type": "image/png"},
    "icons/icon-512.png": {"sizes": "512x512", "type": "image/png"},
    "icons/maskable-512.png": {"sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    "icon.svg": {"sizes": "any", "type": "image/svg+xml"},
}
_WORKER = "js/worker.js"
_SHELL = (".css", ".js", ".svg")  # of the theme: what a page needs to be read


def web_app_files(edition: Edition) -> Iterator[Made]:
    """The manifest (W3C Web Application Manifest); of a site read offline, its worker and the page for misses."""
    yield Made("", urls.MANIFEST, JsonDocument(_manifest(edition)))
    if edition.settings.site.offline and _WORKER in edition.static.paths:
        head = edition.head(edition.say("没有网络连接"), urls.OFFLINE)
        yield Made("", urls.OFFLINE, OfflinePage(head))
        yield Made("", urls.SERVICE_WORKER, TextDocument(_worker(edition)))


def _manifest(edition: Edition) -> Mapping[str, object]:
    """Addresses are relative to the manifest, which stands at the root."""
    site = edition.settings.site
    said = {
        "name": site.title,
        "short_name": site.title,
        "description": site.description,
        "lang": site.language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "icons": [
            {"src": urls.THEME + path, **facts}
            for path, facts in _ICONS.items()
            if path in edition.static.paths
        ],
    }
    return {name: value for name, value in said.items() if value}


def _worker(edition: Edition) -> str:
    """What starts the theme's worker from the root: with another theme it is another, with another night it is not."""
    shell = sorted(urls.THEME + path for path in edition.static.paths if path.endswith(_SHELL))
    values = {"version": edition.static.digest, "shell": [urls.OFFLINE, *shell]}
    return f'const SITE = {json.dumps(values)};\nimportScripts("{urls.THEME}{_WORKER}");\n'
