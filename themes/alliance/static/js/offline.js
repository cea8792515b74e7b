// Registers the site's service worker, where the site has one (`site.offline`).
"use strict";
if ("serviceWorker" in navigator) {
  const worker = new URL("../../sw.js", document.currentScript.src);
  navigator.serviceWorker.register(worker).catch(() => {}); // a page that is read online only is still the page
}
