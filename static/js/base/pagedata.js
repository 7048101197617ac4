// What the server wrote into the page for the scripts: language, words, and what holds when an address says nothing.

const read = (id) => JSON.parse(globalThis.document?.getElementById(id)?.textContent || "{}");
const shared = read("shared-data");
const own = read("page-data");

/** What every page shares with what this one adds; empty where there is no page. */
export const page = { ...shared, ...own, words: { ...shared.words, ...own.words } };
