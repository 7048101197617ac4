// The words of the page in the reader's language, and names that the data give in two.

import { page } from "./pagedata.js";

export const lang = page.lang === "en" ? "en" : "zh";
const words = page.words || {};

/** Return the text of `key` with `{name}` places filled from `values`. */
export function t(key, values = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Return `thing[stem_zh]` or `thing[stem_en]`, falling back to the other language. */
export function named(thing, stem = "name", which = lang) {
  const other = which === "zh" ? "en" : "zh";
  return thing?.[`${stem}_${which}`] || thing?.[`${stem}_${other}`] || "";
}

/** Return the name in the other language, or "" where both are the same. */
export function otherName(thing, stem = "name") {
  const mine = named(thing, stem);
  const other = thing?.[`${stem}_${lang === "zh" ? "en" : "zh"}`] || "";
  return other === mine ? "" : other;
}

const han = /[\u4e00-\u9fff]/;

/** Return the part in the reader's language of a text written "中文 / English"; other texts unchanged. */
export function ofBoth(text) {
  const [first, second, ...more] = String(text ?? "").split(" / ");
  if (!second || more.length || !han.test(first) || han.test(second)) return String(text ?? "");
  return lang === "zh" ? first : second;
}
