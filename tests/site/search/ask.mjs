// Asks a site's search as a page would, cold each time: node ask.mjs READER SITE < questions > answers, a JSON a line.
// A question: {"words": "成都 春天", "rows": 20, "year": 2026, "accounts": ["id"]}; without rows, all there is.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { inflateSync } from "node:zlib";

const [reader, site] = process.argv.slice(2);
const { SearchIndex, wordsOf } = await import(reader);

for await (const line of createInterface({ input: process.stdin })) {
  const { words, rows, year, accounts } = JSON.parse(line);
  let [requests, bytes] = [0, 0];
  const index = new SearchIndex(async (path) => {
    const packed = readFileSync(`${site}/search/${path}`);
    requests += 1;
    bytes += packed.length;
    return new Uint8Array(inflateSync(packed));
  });
  const search = index.search(wordsOf(words), { year, accounts: accounts && new Set(accounts) });
  const found = [];
  do found.push(...(await search.more(rows ?? Infinity)));
  while (!rows && !search.over);
  const results = found.map(({ path, title, story, several }) => ({ path, title, story, several }));
  console.log(JSON.stringify({ results, over: search.over, requests, bytes }));
}
