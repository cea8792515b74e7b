// Keeps what a reader opened, so that it can be read without a connection. The network always comes first: what it says is
// shown, and kept; only where it is silent does the last copy stand in. Nothing of another host is touched.
// sw.js at the site's root starts it, and names in SITE the version of the theme and its files.
/* global SITE */
"use strict";

const SHELL = `shell-${SITE.version}`; // the theme and the page for misses
const OPENED = "opened";
const MOST = 300; // pages and pictures that are kept, the latest
const root = new URL("./", self.location);

self.addEventListener("install", (event) => {
  const asked = SITE.shell.map((path) => new Request(new URL(path, root), { cache: "reload" }));
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(asked))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("shell-") && name !== SHELL;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  const ours = address.origin === root.origin && address.pathname.startsWith(root.pathname);
  if (request.method === "GET" && ours && !request.headers.has("range")) event.respondWith(answer(event));
});

async function answer(event) {
  const { request } = event;
  try {
    // A page is asked of the network even where the browser's own cache takes it for fresh: a server that says nothing of
    // freshness leaves that to be guessed from the file's age. Redirects are still the browser's to follow.
    const response = await fetch(request, request.mode === "navigate" ? { cache: "no-cache" } : {});
    if (response.ok && response.type === "basic" && !response.redirected) event.waitUntil(keep(request, response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: request.mode === "navigate" });
    if (kept) return kept;
    if (request.mode === "navigate") return caches.match(new URL("offline.html", root));
    throw error;
  }
}

async function keep(request, response) {
  const cache = await caches.open(OPENED);
  await cache.delete(request); // so that it counts as the latest
  await cache.put(request, response);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((old) => cache.delete(old)));
}
