"""The site as an app: a manifest that names what is there, and a service worker only where one is asked for."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.site.conftest import Workshop


def _manifest(workshop: Workshop) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(workshop.read("manifest.webmanifest"))
    return manifest


def _shell(workshop: Workshop) -> dict[str, Any]:
    shell: dict[str, Any] = json.loads(re.findall(r"const SITE = (.*);", workshop.read("sw.js"))[0])
    return shell


def test_the_manifest_names_the_site_and_icons_that_are_there(workshop: Workshop) -> None:
    workshop.build()
    manifest = _manifest(workshop)
    assert manifest["name"] == workshop.site["title"]
    assert {"192x192", "512x512", "any"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert all((workshop.output / icon["src"]).is_file() for icon in manifest["icons"])
    assert 'rel="manifest" href="../../manifest.webmanifest"' in workshop.read(
        "accounts/transport/index.html"
    )


def test_a_theme_without_icons_has_none_in_its_manifest(workshop: Workshop) -> None:
    workshop.site["theme"] = "bare"
    workshop.write("bare/templates/base.html", "{% block content %}{% endblock %}")
    workshop.write("bare/static/css/main.css", "p { margin: 0 }")
    workshop.build()
    assert "icons" not in _manifest(workshop)
    assert "xml-stylesheet" not in workshop.read("feeds/all.atom.xml")


def test_a_site_keeps_nothing_offline_unless_it_says_so(workshop: Workshop) -> None:
    workshop.build()
    assert not (workshop.output / "sw.js").exists()
    assert "offline.js" not in workshop.read("index.html")
    workshop.site["offline"] = True
    workshop.build()
    assert 'importScripts("theme/js/worker.js")' in workshop.read("sw.js")
    assert 'theme/js/offline.js"' in workshop.read("index.html")
    assert 'href="/index.html"' in workshop.read("offline.html")  # it answers at any address
    assert all((workshop.output / path).is_file() for path in _shell(workshop)["shell"])
    workshop.site["offline"] = False
    assert {"sw.js", "offline.html"} <= set(workshop.build(force=True).removed)


def test_the_worker_is_another_with_another_theme_only(workshop: Workshop) -> None:
    workshop.site["offline"] = True
    workshop.build()
    first = _shell(workshop)["version"]
    workshop.feed("transport")
    workshop.today = workshop.today.replace(day=workshop.today.day + 1)
    assert "sw.js" not in workshop.build().written
    workshop.write("theme/static/css/alliance.css", "p { margin: 0 }")
    assert "sw.js" in workshop.build().written
    assert _shell(workshop)["version"] != first
