// The sheet of a site: onto paper by its own button, which phones have no other of.

import { byId } from "../base/dom.js";

const print = byId("sheet-print");
print.hidden = false;
print.addEventListener("click", () => window.print());
