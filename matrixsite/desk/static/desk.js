// What the desk does beyond forms: it counts ticks, moves picks, and shows the page as it would be. All of it saves by forms.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// --- ticks: they outlast another search ---

const ticked = new Set();
const kept = document.getElementById("kept");

function count() {
  const place = document.getElementById("count");
  const boxes = new Map(all("#results input[name=entry]").map((box) => [box.value, box]));
  for (const [name, box] of boxes) box.checked = ticked.has(name);
  kept.replaceChildren(
    ...[...ticked].filter((name) => !boxes.has(name)).map((name) => {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "entry", value: name });
      return field;
    }),
  );
  const words = place.dataset.words.replace("{count}", ticked.size);
  if (place.textContent !== words) place.textContent = words;
}

if (kept) {
  document.addEventListener("change", (event) => {
    if (event.target.name !== "entry") return;
    if (event.target.checked) ticked.add(event.target.value);
    else ticked.delete(event.target.value);
    count();
  });
  document.addEventListener("htmx:afterSwap", count);
  all("#results input[name=entry]:checked").forEach((box) => ticked.add(box.value));
  count();
}

// --- picks ---

const picks = document.getElementById("picks");
const form = document.getElementById("edit");

function tell(words) {
  document.getElementById("moved").textContent = words;
}

function moved(pick) {
  const places = all(".pick", picks);
  tell(picks.dataset.moved.replace("{place}", places.indexOf(pick) + 1).replace("{count}", places.length));
  changed();
}

function move(pick, step) {
  const other = step < 0 ? pick.previousElementSibling : pick.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(pick);
  else other.after(pick);
  moved(pick);
}

if (picks) {
  picks.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const pick = button.closest(".pick");
    if (button.classList.contains("out")) {
      const next = pick.nextElementSibling || pick.previousElementSibling;
      pick.remove();
      tell(picks.dataset.removed);
      (next ? next.querySelector(".out") : document.getElementById("new-ref")).focus();
      changed();
      return;
    }
    move(pick, button.classList.contains("up") ? -1 : 1);
    button.focus();
  });

  let dragged = null;
  picks.addEventListener("dragstart", (event) => {
    if (event.target.tagName === "INPUT") return;
    dragged = event.target.closest(".pick");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("dragged");
  });
  picks.addEventListener("dragover", (event) => {
    const over = event.target.closest(".pick");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged);
    else over.after(dragged);
  });
  picks.addEventListener("drop", (event) => event.preventDefault());
  picks.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("dragged");
    moved(dragged);
    dragged = null;
  });

  const field = document.getElementById("new-ref");
  const add = () => {
    const ref = field.value.trim();
    if (!ref) return;
    const pick = document.getElementById("new-pick").content.cloneNode(true);
    pick.querySelector("[name=ref]").value = ref;
    pick.querySelector(".pick-title").textContent = ref;
    picks.append(pick);
    field.value = "";
    moved(picks.lastElementChild);
  };
  document.getElementById("add-pick").addEventListener("click", add);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  });
}

// --- the page as it would be ---

let waiting = null;
let unsaved = false;

async function draft() {
  const problems = document.getElementById("draft-problems");
  const answer = await fetch(form.dataset.draft, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRF-Token": document.body.dataset.csrf },
    body: new URLSearchParams(new FormData(form)),
  });
  if (!answer.ok) return;
  const said = await answer.json();
  problems.textContent = said.problems.map((one) => `${one.field} ${one.reason}`).join("；");
  if (!said.problems.length) {
    const frame = document.getElementById(form.dataset.frame);
    frame.src = form.dataset.page + "&at=" + Date.now();
  }
}

function changed() {
  unsaved = true;
  if (!form || !form.dataset.draft) return;
  clearTimeout(waiting);
  waiting = setTimeout(draft, 400);
}

if (form) {
  form.addEventListener("input", changed);
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
