// Reads an article aloud, where this device has a voice of its own for the page's language: no text leaves it.
"use strict";
(() => {
  const speech = window.speechSynthesis;
  const article = document.querySelector("article.reading");
  const { read, stop } = JSON.parse(document.currentScript.dataset.words);
  if (!speech || !article?.querySelector(".body, .excerpt")) return;

  const LONGEST = 180; // characters of one utterance; engines break off in longer ones
  const language = document.documentElement.lang;
  const button = document.createElement("button");
  let started = 0; // which reading is going on: an utterance that was stopped ends as any other

  const voice = () => {
    const own = speech.getVoices().filter((one) => one.localService);
    const tag = (one) => one.lang.replace("_", "-").toLowerCase();
    const same = own.find((one) => tag(one) === language.toLowerCase());
    return same || own.find((one) => tag(one).split("-")[0] === language.split("-")[0]);
  };

  const pieces = () => {
    const blocks = article.querySelectorAll("h1, .excerpt, .body :is(p, li, h2, h3, h4, td, th, figcaption)");
    const texts = [...blocks].map((block) => block.textContent.trim());
    if (texts.length < 2) texts.push(article.querySelector(".body")?.textContent.trim() || "");
    const sentences = texts.flatMap((text) => text.match(/[^。！？!?；;\n]+[。！？!?；;]*/g) || []);
    return sentences.flatMap((sentence) => sentence.match(new RegExp(`.{1,${LONGEST}}`, "gsu")) || []);
  };

  const end = () => {
    started += 1;
    speech.cancel();
    button.textContent = read;
    button.setAttribute("aria-pressed", "false");
  };

  const begin = () => {
    const mine = (started += 1);
    const spoken = voice();
    const left = pieces();
    const next = () => {
      if (mine !== started) return;
      const text = left.shift();
      if (!text) return end();
      const utterance = new SpeechSynthesisUtterance(text);
      Object.assign(utterance, { voice: spoken, lang: spoken.lang, onend: next, onerror: () => mine === started && end() });
      speech.speak(utterance);
    };
    button.textContent = stop;
    button.setAttribute("aria-pressed", "true");
    next();
  };

  const offer = () => {
    if (button.isConnected || !voice()) return;
    button.type = "button";
    button.className = "aloud";
    button.textContent = read;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? end() : begin()));
    (article.querySelector("header") || article.querySelector("h1")).after(button);
    addEventListener("pagehide", end);
  };

  offer();
  speech.addEventListener?.("voiceschanged", offer); // voices are found late
})();
