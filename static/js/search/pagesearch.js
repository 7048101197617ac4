// The search box of a page without a map: what is chosen opens on the map, in the view and language of the page.

import { layerList } from "../base/api.js";
import { read, selectionOf, write } from "../map/address.js";
import { startSearch } from "./search.js";
import { get, isOn, viewChosen } from "../map/state.js";

const FIRST_LEVEL = 12; // the least at which the map begins: what shows only closer needs a view of its own

function open(patch) {
  Object.assign(get(), { on: {}, view: null }, patch);
  location.assign(`/${write()}`);
}

function goToFeature({ id, layer, centre }) {
  if (!centre) return open({ sel: id });
  const least = get().plan.layers.find((item) => item.id === layer)?.min_zoom || 0;
  const view = least > FIRST_LEVEL ? { lon: centre[0], lat: centre[1], level: least } : null;
  return open({ sel: id, on: isOn(layer) ? {} : { [layer]: true }, view });
}

const goToPosition = ({ lon, lat }) => open({ sel: selectionOf(null, [lon, lat]) });

/** Names of layers, and where an example of a position lies, come with the plan: nothing is asked before somebody searches. */
async function prepare() {
  get().plan ??= await layerList(viewChosen());
}

function example() {
  const [west, south, east, north] = get().plan.plan.bounds;
  return { lng: (west + east) / 2, lat: (south + north) / 2 };
}

export function startPageSearch() {
  const { extent, rings, reading } = read(location.search);
  Object.assign(get(), { extent, rings, reading });
  startSearch({ goToFeature, goToPosition, prepare, example });
}
