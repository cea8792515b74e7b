// What the desk does beyond forms: it counts ticks, moves picks, and shows the page as it would be. All of it saves by forms.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// --- ticks ---

function count() {
  const place = document.getElementById("count");
  if (!place) return;
  const ticked = all("#results input[name=entry]:checked").length;
  const words = place.dataset.words.replace("{count}", ticked);
  if (place.textContent !== words) place.textContent = words;
}
document.addEventListener("change", (event) => {
  if (event.target.name === "entry") count();
});
document.addEventListener("htmx:afterSwap", count);
count();

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
