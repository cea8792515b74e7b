// Says so before a reader leaves a government site by a link in its pages (国办发〔2017〕47号). Without it links just lead away.
"use strict";
(() => {
  const words = JSON.parse(document.currentScript.dataset.words);

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const ask = (link) => {
    const box = element("dialog", "leaving");
    const title = element("h2", "", words.title);
    const buttons = element("div", "leaving-buttons");
    const go = element("a", "button", words.go);
    const stay = element("button", "leaving-stay", words.stay);
    title.id = "leaving";
    box.setAttribute("aria-labelledby", "leaving");
    go.href = link.href;
    go.rel = "noopener external";
    stay.type = "button";
    stay.addEventListener("click", () => box.close());
    buttons.append(stay, go);
    box.append(title, element("p", "", words.text), element("p", "leaving-address", link.href), buttons);
    box.addEventListener("close", () => {
      box.remove();
      link.focus();
    });
    document.body.append(box);
    box.showModal();
    stay.focus();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const leaves = link && /^https?:$/.test(link.protocol) && link.host !== location.host;
    if (!leaves || event.defaultPrevented || link.closest(".leaving, .colophon")) return;
    event.preventDefault();
    ask(link);
  });
})();
