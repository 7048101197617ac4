// Small pieces that every section of the card shares.

import { answeringChip } from "../base/chips.js";
import { el } from "../base/dom.js";
import { t } from "../base/words.js";

/** Return the chip that says where a figure comes from: stated, computed or assumed; a click on it tells `rows`. */
export const chip = (kind, rows, text = t(`chip_${kind}`)) => answeringChip(kind, rows, text);

/** Return the heading of a section; `more` stands right of it. */
export const titled = (text, ...more) => el("div", { class: "h" }, el("h3", { text }), more);

/** Return a row of label and value. */
export const line = (label, ...value) => el("tr", {}, el("th", { scope: "row", text: label }), el("td", {}, value));
