// Sorting, filter and folding of a table in the address, so that its link brings the same view back.

const MOST_CHARACTERS = 200;
const WORDS = ["sort", "filter", "columns"];

/** Return {column, direction, filter, isWhole} of an address; a column that `columns` does not hold is left out. */
export function readAddress(search, columns) {
  const words = new URLSearchParams(search);
  const asked = words.get("sort") || "";
  const column = asked.replace(/^-/, "");
  return {
    column: columns.includes(column) ? column : "",
    direction: asked.startsWith("-") ? -1 : 1,
    filter: (words.get("filter") || "").slice(0, MOST_CHARACTERS),
    isWhole: words.get("columns") === "all",
  };
}

/** Return `search` with the words of a view: defaults are left out, all other words stay as they are. */
export function writeAddress(search, { column, direction, filter, isWhole }) {
  const words = new URLSearchParams(search);
  WORDS.forEach((word) => words.delete(word));
  if (column) words.set("sort", `${direction < 0 ? "-" : ""}${column}`);
  if (filter) words.set("filter", filter);
  if (isWhole) words.set("columns", "all");
  const text = words.toString();
  return text ? `?${text}` : "";
}

/** Put a view and the row that it names into the address bar, without a step of history. */
export function keepView(view, row = location.hash) {
  const url = location.pathname + writeAddress(location.search, view) + row;
  if (url !== location.pathname + location.search + location.hash) history.replaceState(null, "", url);
  keepLinks(view, row);
}

/** Let the links to this table in another language, extent or reading carry the view and the row. */
function keepLinks(view, row) {
  for (const link of document.querySelectorAll("#lang-other, .views a")) {
    const { pathname, search } = new URL(link.href);
    link.setAttribute("href", pathname + writeAddress(search, view) + row);
  }
}
