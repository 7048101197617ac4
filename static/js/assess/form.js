// The fields of the site: name, intended use, indicators. A figure that cannot be read is said so and left out.

import { byId } from "../base/dom.js";
import { t } from "../base/words.js";
import { facts, say, watchSite } from "./site.js";

const FIGURE = /^\d{1,9}(\.\d{1,6})?$/;
const fields = () => [...document.querySelectorAll("[data-fact]")];

function read(field) {
  const name = field.dataset.fact;
  const text = field.value.trim().replace(",", ".");
  const isFigure = !["name", "land_use"].includes(name);
  const isBad = isFigure && text !== "" && !FIGURE.test(text);
  field.setAttribute("aria-invalid", String(isBad));
  byId("facts-said").textContent = fields().some((one) => one.getAttribute("aria-invalid") === "true") ? t("fact_no_number") : "";
  say(name, isBad ? "" : text);
}

/** Write the facts into the fields, but for the one that is being typed into. */
export function writeFacts() {
  for (const field of fields()) {
    if (field === document.activeElement) continue;
    field.value = facts[field.dataset.fact];
    field.removeAttribute("aria-invalid");
  }
  const indicators = Object.entries(facts).filter(([name, text]) => text && !["name", "land_use"].includes(name));
  if (indicators.length) byId("indicators").open = true;
}

/** Wire the fields. */
export function startForm() {
  for (const field of fields()) field.addEventListener("input", () => read(field));
  watchSite((kind) => { if (kind !== "moving") writeFacts(); });
}
