// SPDX-License-Identifier: MIT
// Reads the index of search, as matrixsite/site/search writes it. Knows no page: it is given a function that gets files.

const VERSION = 1;
const LONGEST = 8; // characters of a word that postings tell
const SURE = 4; // characters that they tell nearly for certain; of the others they know two bits each
const COLUMNS = 5; // bytes of a row of postings
const FEW = 9; // segments: of 26,000 entries

/** The form in which words are compared, code point by code point, as `search.folding.fold` does. */
export const fold = (text) => Array.from(text, folded).join("");

const folded = (character) => character.normalize("NFKC").toLowerCase();

/** The words of a question, folded; those of one character only narrow down what others find. */
export const wordsOf = (question) => {
  const words = [...new Set(fold(question).split(/\s+/).filter(Boolean))];
  return words.some((word) => lengthOf(word) > 1) ? words : [];
};

const lengthOf = (word) => Array.from(word).length;

/** The parts of a text, each with whether it is one of the (folded) words. */
export const marked = (text, words) => {
  const characters = Array.from(text);
  const starts = []; // where each character begins in the folded text
  let all = "";
  for (const character of characters) {
    starts.push(all.length);
    all += folded(character);
  }
  const hit = new Array(characters.length).fill(false);
  for (const word of words) {
    for (let at = all.indexOf(word); at >= 0; at = all.indexOf(word, at + 1)) {
      characters.forEach((_, number) => {
        const end = starts[number + 1] ?? all.length;
        if (starts[number] < at + word.length && end > at) hit[number] = true;
      });
    }
  }
  const parts = [];
  characters.forEach((character, number) => {
    if (number && hit[number] === hit[number - 1]) parts.at(-1).text += character;
    else parts.push({ text: character, hit: hit[number] });
  });
  return parts;
};

const mixed = (code) => Math.imul(code, 0x9e3779b1) >>> 0;
const eightBits = (code) => mixed(code) >>> 24;
const twoBits = (code) => (mixed(code) >>> 22) & 3;

/** CRC-32 (as zlib's) of a text in UTF-16. */
const crc32 = (text) => {
  let digest = -1;
  for (let at = 0; at < 2 * text.length; at++) {
    digest ^= (text.charCodeAt(at >> 1) >> (8 * (at & 1))) & 255;
    for (let bit = 0; bit < 8; bit++) digest = (digest >>> 1) ^ (digest & 1 ? 0xedb88320 : 0);
  }
  return ~digest >>> 0;
};

/** The file of a bigram, and its place there; as `search.postings._place`. */
const placeOf = (gram, bits) => {
  const digest = crc32(gram);
  return { file: bits ? digest >>> (32 - bits) : 0, place: (digest >>> (16 - bits)) & 0xffff };
};

/** The parts of a word that are looked up: its beginning, and of one longer than the columns tell well, its end. */
const partsOf = (word) => {
  const characters = Array.from(word);
  return characters.length > SURE ? [characters, characters.slice(-SURE)] : [characters];
};

/** The numbers of the entries that hold a word (its code points), newest first. */
const entriesWith = (file, place, codes, chunk) => {
  const found = [];
  const [third, fourth, ...rest] = codes.slice(2, LONGEST);
  let [later, mask] = [0, 0];
  rest.forEach((code, number) => {
    later |= twoBits(code) << (6 - 2 * number);
    mask |= 3 << (6 - 2 * number);
  });
  let at = 0;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = file[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  for (let base = 0; at < file.length; base += chunk) {
    let [rows, from, until, seen] = [0, 0, 0, 0];
    for (let grams = number(); grams > 0; grams--) {
      seen += number();
      const its = number();
      if (seen === place) [from, until] = [until ? from : rows, rows + its]; // two may share a place
      rows += its;
    }
    const column = (row, which) => file[at + which * rows + row];
    for (let row = from; row < until; row++) {
      if (third !== undefined && column(row, 2) !== eightBits(third)) continue;
      if (fourth !== undefined && column(row, 3) !== eightBits(fourth)) continue;
      if ((column(row, 4) & mask) !== later) continue;
      found.push(base + column(row, 0) + 256 * column(row, 1));
    }
    at += COLUMNS * rows;
  }
  return [...new Set(found)].sort((one, other) => other - one);
};

/** The part that fewer entries hold, once some hold one of them. */
const rarest = (parts, lists) => {
  if (parts.length !== lists.length || !lists.some((list) => list.length)) return parts;
  return [parts[lists[0].length <= lists[lists.length - 1].length ? 0 : parts.length - 1]];
};

/** Everything there is to find; files are got once. */
export class SearchIndex {
  #got = new Map();

  /** `get` promises the bytes (Uint8Array, inflated) of a file below search/. */
  constructor(get) {
    this.get = get;
  }

  /** A file as it is. */
  bytes(path) {
    if (!this.#got.has(path)) this.#got.set(path, this.get(path));
    return this.#got.get(path);
  }

  /** A file of JSON. */
  async json(path) {
    return JSON.parse(new TextDecoder().decode(await this.bytes(path)));
  }

  has(path) {
    return this.#got.has(path);
  }

  /** How many files were got. */
  get requests() {
    return this.#got.size;
  }

  /** Names with a page: `{accounts: [[id, name, groups, aliases]], groups: [[id, name]], others: [[title, path]]}`. */
  names() {
    return this.json("names.bin");
  }

  /** What there is: `segments`, newest first, each [name, bits, first year, last year]; how many entries a `chunk` of
   *  postings has, and a file of `records`. */
  async list() {
    const list = await this.json("index.bin");
    if (list.version !== VERSION) throw new Error(`the index is of version ${list.version}`);
    return list;
  }

  /** The years that something may be found in, latest first. */
  async years() {
    const { segments } = await this.list();
    const years = new Set();
    for (const [, , since, until] of segments) {
      for (let year = since; year <= Math.min(until, since + 9); year++) years.add(year);
    }
    return [...years].sort((one, other) => other - one);
  }

  /** A search for words (as of `wordsOf`); `year` a number or nothing, `accounts` a Set of ids or nothing. */
  search(words, { year, accounts } = {}) {
    return new Search(this, words, year, accounts);
  }

  /** The numbers of the entries of a segment that hold a part of a word, newest first. */
  async numbers([segment, bits], part) {
    const codes = part.map((character) => character.codePointAt(0));
    const { file, place } = placeOf(part.slice(0, 2).join(""), bits);
    const { chunk } = await this.list();
    return entriesWith(await this.bytes(`${segment}/p${file}.bin`), place, codes, chunk);
  }

  /** Those of these entries that are of some accounts. */
  async ofAccounts([segment], numbers, accounts) {
    if (!numbers.length) return numbers;
    const all = await this.json(`${segment}/accounts.bin`);
    return numbers.filter((one) => accounts.has(all.accounts[all.of[one]]));
  }
}

/** One search: goes on from the newest segment as far as it is asked to. */
class Search {
  #index;
  #words;
  #year;
  #accounts;
  #left = null; // segments that were not asked yet
  #wave = 1; // so many are asked at once
  #parts; // what is looked up: for each word its parts, until it turns out which of them is rarer
  #queue = []; // [file of records, place there] of what may be found, newest first
  #stories = new Map();

  constructor(index, words, year, accounts) {
    [this.#index, this.#words, this.#year, this.#accounts] = [index, words, year, accounts];
    if (!words.length) this.#left = []; // nothing is asked for, nothing found
    const longest = [...words].sort((one, other) => lengthOf(other) - lengthOf(one));
    this.#parts = longest.filter((word) => lengthOf(word) > 1).slice(0, 2).map(partsOf); // records tell of the others
  }

  /** The next results, at most `rows`, for at most 19 files (59 of an archive of many segments): fewer results where
   *  these lie far apart, but one at least if there is one. A story is found once, by the newest entry; `several` becomes
   *  true when another carrier turns up. */
  async more(rows) {
    const found = [];
    const requests = (await this.#index.list()).segments.length > FEW ? 59 : 19;
    const before = this.#index.requests - (this.#left ? 0 : 1); // the list of segments counts, too
    const left = () => requests - this.#index.requests + before;
    while (found.length < rows && (left() > 0 || !found.length)) {
      if (!this.#queue.length) {
        if (!(await this.#ask(left()))) break;
        continue;
      }
      const part = this.#next(rows - found.length, Math.max(left(), 1));
      const got = await Promise.all(part.map(([path]) => this.#index.json(path)));
      part.forEach(([, place], number) => {
        const record = this.#record(got[number], place);
        if (record) found.push(record);
      });
    }
    return found;
  }

  /** Whether all was found. */
  get over() {
    return !this.#queue.length && this.#left !== null && !this.#left.length;
  }

  #next(rows, files) {
    const places = [];
    const fresh = new Set();
    while (this.#queue.length && places.length < rows) {
      const [path] = this.#queue[0];
      if (!this.#index.has(path) && !fresh.has(path)) {
        if (fresh.size === files) break;
        fresh.add(path);
      }
      places.push(this.#queue.shift());
    }
    return places;
  }

  /** Ask some more segments, for about so many files; false if there are none. */
  async #ask(requests) {
    const year = this.#year;
    if (!this.#left) {
      const { segments } = await this.#index.list();
      this.#left = segments.filter(([, , since, until]) => !year || (since <= year && year <= until));
    }
    const { records } = await this.#index.list();
    const files = this.#parts.flat().length;
    const wave = this.#left.splice(0, Math.max(1, Math.min(this.#wave, Math.floor(requests / files))));
    this.#wave *= 2;
    const lists = await Promise.all(wave.map((one) => this.#numbers(one)));
    lists.forEach((numbers, which) => {
      for (const one of numbers) {
        this.#queue.push([`${wave[which][0]}/r${Math.floor(one / records)}.bin`, one % records]);
      }
    });
    return wave.length > 0;
  }

  /** The numbers of the entries of a segment that may be what was asked for, newest first. */
  async #numbers(segment) {
    const index = this.#index;
    const lists = await Promise.all(
      this.#parts.map((parts) => Promise.all(parts.map((part) => index.numbers(segment, part)))),
    );
    this.#parts = this.#parts.map((parts, word) => rarest(parts, lists[word] ?? []));
    const [first, ...others] = lists.flat().sort((one, other) => one.length - other.length);
    const sets = others.map((list) => new Set(list));
    const numbers = first.filter((one) => sets.every((set) => set.has(one)));
    return this.#accounts ? index.ofAccounts(segment, numbers, this.#accounts) : numbers;
  }

  /** The record if it is what was asked for, and its story is new. */
  #record({ accounts, entries }, place) {
    if (!entries[place]) return null; // the site was published in this moment
    const [path, published, account, title, excerpt, story] = entries[place];
    const texts = [fold(title), fold(excerpt)];
    if (!this.#words.every((word) => texts.some((text) => text.includes(word)))) return null;
    if (this.#year && Number(published.slice(0, 4)) !== this.#year) return null;
    const key = story || path.replace(/^.*\/|\.html$/g, "");
    if (this.#stories.has(key)) {
      this.#stories.get(key).several = true;
      return null;
    }
    const [id, name] = accounts[account];
    const record = { path, published, account: id, name, title, excerpt, story: key, several: false };
    this.#stories.set(key, record);
    return record;
  }
}
