// SPDX-License-Identifier: MIT
// The page of search: asks the index for what the form says, and shows the results a page at a time.

import { SearchIndex, fold, marked, wordsOf } from "./search-index.js";

const root = new URL("../", import.meta.url);
const ROWS = 20; // results at a time,
const NAMES = 12;

const page = document.querySelector(".finding");
const says = JSON.parse(page.dataset.words);
const form = page.querySelector("form");
const [state, names, rows, more] = ["state", "names", "rows", "more"].map((part) =>
  page.querySelector(`.finding-${part}`),
);

const inflated = async (path) => {
  const cache = path.includes("/") ? "default" : "no-cache"; // the lists of what there is must be of this night
  const answer = await fetch(new URL(`search/${path}`, root), { cache });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const stream = answer.body.pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

const index = new SearchIndex(inflated);
let asked = 0; // the number of the last question: an answer to an earlier one is dropped

const element = (name, className, ...content) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
};

const link = (path, ...content) => {
  const made = element("a", "", ...content);
  made.href = new URL(path, root).href;
  if (/^https?:/.test(path)) made.rel = "noopener external";
  return made;
};

const withMarks = (text, words) =>
  marked(text, words).map(({ text, hit }) => (hit ? element("mark", "", text) : text));

/** A time to the minute as the site prints it (site/words/dates.py). */
const printed = (iso) => {
  const [year, mm, dd, time] = iso.split(/[- ]/);
  const parts = { year, mm, dd, time, m: Number(mm), d: Number(dd), month: says.months[mm - 1] };
  return says.minute.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
};

const row = (record, words) => {
  const title = link(record.path, ...withMarks(record.title || says.untitled, words));
  const said = element("div", "row-words", element("h2", "row-title", title));
  if (record.excerpt) said.append(element("p", "row-excerpt", ...withMarks(record.excerpt, words)));
  const facts = element("p", "row-facts");
  const account = link(`accounts/${record.account}/index.html`, record.name);
  account.className = "row-account";
  const time = element("time", "", printed(record.published));
  time.dateTime = record.published.replace(" ", "T");
  facts.append(account, " ", time);
  said.append(facts);
  const line = element("li", "row", said);
  line.record = record;
  return line;
};

/** Stories of which another carrier turned up lead to the page that shows them all. */
const joinStories = () => {
  for (const line of rows.children) {
    if (!line.record.several || line.querySelector(".carriers")) continue;
    const path = `stories/${line.record.story}.html`;
    line.querySelector(".row-title a").href = new URL(path, root).href;
    line.querySelector(".row-title a").removeAttribute("rel");
    line.querySelector(".row-facts").append(" ", element("span", "carriers", says.several));
  }
};

const named = (all, words) => {
  const holds = (...texts) => texts.some((text) => words.every((word) => fold(text).includes(word)));
  return [
    ...all.accounts.filter(([, name, , aliases]) => holds(name, ...aliases)).map(([id, name]) => [name, `accounts/${id}/index.html`]),
    ...all.groups.filter(([, name]) => holds(name)).map(([id, name]) => [name, `groups/${id}/index.html`]),
    ...all.others.filter(([name]) => holds(name)),
  ].slice(0, NAMES);
};

/** The accounts that the filters leave; nothing where they leave all. */
const chosen = ({ accounts }, account, group) => {
  if (!account && !group) return undefined;
  const left = accounts.filter(
    ([id, name, groups]) =>
      (!account || id === account || fold(name).includes(fold(account))) && (!group || groups.includes(group)),
  );
  return new Set(left.map(([id]) => id));
};

const question = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));

const remember = (wanted) => {
  const told = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  history.replaceState(null, "", told.size ? `?${told}` : location.pathname);
};

const clear = () => {
  rows.replaceChildren();
  names.replaceChildren();
  names.hidden = more.hidden = true;
};

const show = async (search, words, mine) => {
  const found = await search.more(ROWS);
  if (mine !== asked) return;
  const first = found.map((record) => row(record, words));
  rows.append(...first);
  joinStories();
  const count = rows.children.length;
  more.hidden = search.over;
  more.onclick = () => {
    more.hidden = true;
    attempt(() => show(search, words, mine).then(() => rows.children[count]?.querySelector("a").focus()));
  };
  const say = !count && search.over ? says.nothing : search.over ? says.found : says.more;
  state.textContent = say.replace("{count}", count);
};

const ask = async () => {
  const mine = ++asked;
  const wanted = question();
  const words = wordsOf(wanted.q);
  remember(wanted);
  clear();
  state.textContent = words.length ? says.looking : wanted.q ? says.short : "";
  if (!words.length) return;
  const all = await index.names();
  if (mine !== asked) return;
  names.append(...named(all, words).map(([name, path]) => element("li", "", link(path, ...withMarks(name, words)))));
  names.hidden = !names.children.length;
  const year = Number(wanted.year) || undefined;
  await show(index.search(words, { year, accounts: chosen(all, wanted.account, wanted.group) }), words, mine);
};

const attempt = (work) =>
  work().catch(() => {
    state.textContent = says.failed;
  });

const option = (value, text) => {
  const made = element("option", "", text);
  made.value = value;
  return made;
};

/** The filters, when someone reaches for them or has come with some: they need both lists. */
let filled = false;
const fill = async () => {
  if (filled) return;
  filled = true;
  const [all, years] = await Promise.all([index.names(), index.years()]);
  form.group.append(...all.groups.map(([id, name]) => option(id, name)));
  form.year.append(...years.map((year) => option(year, year)));
  page.querySelector("#accounts").append(...all.accounts.map(([, name]) => option(name, "")));
};

const begin = async () => {
  const wanted = new URLSearchParams(location.search);
  form.hidden = false;
  form.q.value = wanted.get("q") ?? "";
  if (["account", "group", "year"].some((name) => wanted.get(name))) {
    await fill();
    for (const name of ["account", "group", "year"]) form[name].value = wanted.get(name) ?? "";
  }
  form.querySelector(".finding-filters").addEventListener("focusin", () => attempt(fill), { once: true });
  form.querySelector(".finding-filters").addEventListener("pointerdown", () => attempt(fill), { once: true });
  form.addEventListener("change", ({ target }) => target !== form.q && form.q.value && attempt(ask));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(ask);
  });
  if (form.q.value) await ask();
  else form.q.focus();
};

attempt(begin);
