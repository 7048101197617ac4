// What the server wrote into the page for the scripts: language, words, and what holds when an address says nothing.

/** The page's own data; empty where there is no page. */
export const page = typeof document === "undefined"
  ? {} : JSON.parse(document.getElementById("page-data")?.textContent || "{}");
