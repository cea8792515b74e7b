// How one reads: text size, colours, the version for elders. Kept in this browser and set on <html> before anything is
// painted, so it stands in the head and isn't deferred. Without it the page follows the system's colours and zoom.
"use strict";
(() => {
  const KEY = "reading";
  const CHOICES = { theme: ["auto", "light", "dark"], size: ["normal", "large", "larger"], elder: ["off", "on"] };
  const page = document.documentElement;
  const missing = new URL("../missing.svg", document.currentScript.src).href;

  const stored = () => {
    let found = null;
    try {
      found = JSON.parse(localStorage.getItem(KEY));
    } catch {
      // storage is off, or holds something else
    }
    const choice = ([name, values]) => [name, values.includes(found?.[name]) ? found[name] : values[0]];
    return Object.fromEntries(Object.entries(CHOICES).map(choice));
  };

  const apply = (chosen) => Object.assign(page.dataset, chosen);

  const fill = (panel) => {
    for (const input of panel.querySelectorAll("input"))
      input.checked = input.value === page.dataset[input.name];
  };

  const choose = ({ target }) => {
    const value = target.type === "checkbox" && !target.checked ? "off" : target.value;
    const chosen = { ...stored(), [target.name]: value };
    apply({ [target.name]: value }); // even where it can't be kept
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // then the next page is as before
    }
  };

  const attend = () => {
    const panel = document.querySelector(".settings");
    if (!panel) return;
    fill(panel);
    panel.addEventListener("change", choose);
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !panel.open) return;
      panel.open = false;
      panel.querySelector("summary").focus();
    });
    const close = ({ target }) => {
      if (!panel.contains(target)) panel.open = false;
    };
    document.addEventListener("click", close);
    document.addEventListener("focusin", close);
    addEventListener("storage", ({ key }) => {
      if (key !== KEY) return; // another tab chose otherwise
      apply(stored());
      fill(panel);
    });
    addEventListener("pageshow", () => {
      apply(stored()); // a page that comes back from the browser's memory was left before the last choice
      fill(panel);
    });
  };

  // A picture that can't be loaded leaves a quiet box of the size it would have had.
  const standIn = ({ target }) => {
    if (!(target instanceof HTMLImageElement) || target.src === missing) return;
    target.classList.add("missing");
    target.removeAttribute("srcset");
    target.src = missing;
  };

  apply(stored());
  document.addEventListener("error", standIn, true);
  document.addEventListener("DOMContentLoaded", attend);
})();
