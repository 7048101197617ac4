// The page of a place: its link into the clipboard, and the page onto paper.

import { byId } from "../base/dom.js";
import { copyText } from "../base/clipboard.js";

const copy = byId("place-copy");
const print = byId("place-print");

copy.hidden = false;
copy.addEventListener("click", async () => {
  const isCopied = await copyText(`${location.origin}${location.pathname}${location.search}`);
  byId("place-said").textContent = isCopied ? copy.dataset.done : copy.dataset.failed;
});

print.hidden = false;
print.addEventListener("click", () => window.print());
