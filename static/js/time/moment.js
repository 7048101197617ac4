// A moment of the time bar: no year (null), a year ("2021") or a month of one ("2021-07"). Pure functions.

export const FIRST = 2010;
export const LAST = 2030;
export const YEARS = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);
export const EXTENTS = [2013, 2025]; // the years for which sources state the extent of the zone

const MOMENT = /^(\d{4})(-(0[1-9]|1[0-2]))?$/;

/** Return a text of the address as a moment; null if it is none or lies outside of the bar. */
export function readMoment(text) {
  const match = MOMENT.exec(text || "");
  return match && Number(match[1]) >= FIRST && Number(match[1]) <= LAST ? text : null;
}

export const yearOf = (moment) => Number(moment.slice(0, 4));
export const monthOf = (moment) => (moment || "").slice(5);
export const momentOf = (year, month = "") => (month ? `${year}-${month}` : String(year));

/** Return the moment `by` years later; from no year the first one or, backwards, the last one. */
export function stepped(moment, by) {
  if (!moment) return momentOf(by > 0 ? FIRST : LAST);
  return momentOf(Math.min(LAST, Math.max(FIRST, yearOf(moment) + by)), monthOf(moment));
}

/** Return the stated extents before and after a moment: the same in a stated year, null beyond the first and the last. */
export function bracket(moment) {
  const year = yearOf(moment);
  return {
    before: EXTENTS.filter((one) => one <= year).at(-1) ?? null,
    after: EXTENTS.find((one) => one >= year) ?? null,
  };
}

/** Return the layers of the extents that speak of a moment: one, or two where it changed and no source says when. */
export function extentsAt(moment) {
  if (!moment) return [];
  const { before, after } = bracket(moment);
  return [...new Set([before, after])].filter(Boolean).map((year) => `extent_${year}`);
}

/** Return the extent that goes with a moment; `other` where the moment leaves it open. */
export function extentFor(moment, other) {
  const known = extentsAt(moment);
  return known.length === 1 ? known[0].slice("extent_".length) : other;
}

/** Return where a stated "2021" or "2021-07" begins and ends on the bar, in years from its left end. */
export function spanOf(text) {
  const from = yearOf(text) - FIRST;
  const month = Number(monthOf(text));
  return month ? [from + (month - 1) / 12, from + month / 12] : [from, from + 1];
}
