// A corner by its coordinates: the text goes to the reader of positions that also serves the search.

import { search } from "../base/api.js";
import { byId } from "../base/dom.js";
import { named, t } from "../base/words.js";

const REACH_DEG = 3; // further from the middle of the map no plane figure of the zone holds

async function positionOf(text, centre) {
  const { positions, ...hint } = await search(text);
  const [found] = positions;
  if (!found) throw new Error(named(hint, "hint") || t("measure_typed_none"));
  const isFar = Math.abs(found.lon - centre.lng) > REACH_DEG || Math.abs(found.lat - centre.lat) > REACH_DEG;
  if (isFar) throw new Error(t("search_far"));
  return found;
}

/** Wire the field: `add([lon, lat])` runs for each position that could be read. */
export function startTyped(map, add) {
  const field = byId("measure-typed");
  const say = (text, isFault) => {
    byId("measure-typed-said").textContent = text;
    byId("measure-typed-said").scrollIntoView({ block: "nearest" }); // the panel may be too low to show it
    field.setAttribute("aria-invalid", String(isFault));
  };
  byId("measure-typed-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    try {
      const found = await positionOf(text, map.getCenter());
      if (field.value.trim() !== text) return;
      add([found.lon, found.lat]);
      field.value = "";
      say(t("search_read_as", { how: named(found, "how") }), false);
    } catch (error) {
      say(error.message, true);
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation(); // Esc in the field leaves the field, not the card
    map.getContainer().focus({ preventScroll: true });
  });
}
