// Injected by `matrixsite serve` into the pages that it serves, never into files: reloads after a rebuild.
"use strict";
(() => {
  const OVERLAY = "matrixsite-failure";
  const events = new EventSource("/.matrixsite/events");
  let lost = false;

  const clear = () => document.getElementById(OVERLAY)?.remove();

  const show = (message) => {
    clear();
    const overlay = document.createElement("pre");
    overlay.id = OVERLAY;
    overlay.setAttribute("role", "alert");
    overlay.textContent = message; // text, never markup: it quotes files
    overlay.style.cssText =
      "position:fixed;inset:auto 0 0 0;max-height:50vh;overflow:auto;margin:0;padding:1em;z-index:2147483647;" +
      "background:#300;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap";
    document.body.append(overlay);
  };

  events.addEventListener("reload", () => location.reload());
  events.addEventListener("failed", (event) => show(JSON.parse(event.data)));
  events.addEventListener("error", () => { lost = true; });
  events.addEventListener("open", () => { if (lost) location.reload(); }); // the server came back
})();
