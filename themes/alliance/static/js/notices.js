// Shows the notices that stand today above the page, but those that the reader closed.
// The home page and section fronts carry them in their HTML and don't load this.
"use strict";
(() => {
  const root = new URL("../../", document.currentScript.src);
  const { closeLabel, levels } = JSON.parse(document.currentScript.dataset.words);
  const KEY = "closed-notices";

  const closed = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || [];
    } catch {
      return []; // storage is off, or holds something else
    }
  };

  const remember = (mark) => {
    try {
      localStorage.setItem(KEY, JSON.stringify([...closed().slice(-19), mark]));
    } catch {
      // then it shows again on the next page
    }
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const shown = (notice) => {
    const line = element("p", `standing standing-${notice.level}`);
    if (notice.level === "emergency") line.setAttribute("role", "alert");
    line.append(element("strong", "", levels[notice.level]), " ");
    const title = element(notice.page ? "a" : "span", "", notice.title);
    if (notice.page) title.href = new URL(notice.page, root).href;
    const button = element("button", "standing-close", "×");
    button.type = "button";
    button.setAttribute("aria-label", closeLabel);
    button.addEventListener("click", () => {
      remember(mark(notice));
      line.remove();
    });
    line.append(title, button);
    return line;
  };

  const mark = (notice) => `${notice.id} ${notice.level} ${notice.title}`; // one that changed shows again

  const show = ({ timezone, notices }) => {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(); // YYYY-MM-DD
    const known = closed();
    const standing = notices.filter(
      (notice) =>
        (!notice.from || notice.from <= today) &&
        (!notice.until || today <= notice.until) &&
        !known.includes(mark(notice)),
    );
    if (!standing.length) return;
    const box = element("aside", "notices");
    box.setAttribute("aria-label", levels.info);
    box.append(...standing.map(shown));
    document.querySelector("main").before(box);
  };

  fetch(new URL("api/v1/notices.json", root))
    .then((answer) => (answer.ok ? answer.json() : { timezone: "UTC", notices: [] }))
    .then(show)
    .catch(() => {}); // a page without notices is still the page
})();
