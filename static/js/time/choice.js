// Choosing a moment. A year whose extent is stated brings that extent along; clearing gives the reader's own back.

import { extentFor, monthOf, momentOf, stepped, yearOf } from "./moment.js";
import { DEFAULTS, get, listen, set } from "../map/state.js";

let own = null; // the extent that the reader had before a year moved it
let moving = false;

function move(patch) {
  moving = true;
  set(patch, "replace");
  moving = false;
}

/** Show the plan at a moment. */
export function choose(moment) {
  const { extent } = get();
  const next = extentFor(moment, extent);
  if (next !== extent) own ??= extent;
  move({ year: moment, extent: next });
}

/** Show all years again, with the extent of before. */
export function clear() {
  const { year, extent } = get();
  const isMoved = year && extentFor(year, null) === extent;
  const before = own ?? (isMoved ? DEFAULTS.extent : extent);
  own = null;
  move({ year: null, extent: before });
}

export const step = (by) => choose(stepped(get().year, by));
export const chooseYear = (year) => choose(momentOf(year, monthOf(get().year)));
export const chooseMonth = (month) => choose(momentOf(yearOf(get().year), month));

/** Forget the extent of before as soon as the reader chooses one. */
export function startChoice() {
  listen((state, changed) => { if (changed.has("extent") && !moving) own = null; });
}
