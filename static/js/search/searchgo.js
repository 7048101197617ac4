// Goes to what the search found: switch its layer on, choose it, and move the map so that card and sheet do not hide it.

/* global L */

import { selectionOf } from "../map/address.js";
import { byId } from "../base/dom.js";
import { find, refresh } from "../map/layers.js";
import { covered } from "../map/sheet.js";
import { get, isOn, set } from "../map/state.js";

const PLACE_LEVEL = 14; // at which a place has its surroundings with it
const CLOSEST = 16;
const GAP_PX = 28;

let map = null;
let showAgain = null;

const layerOf = (id) => id.split(":")[0];

function look(bounds, level) {
  map.invalidateSize({ pan: false }); // the card may have come: first the room, then the view
  const { right, bottom } = covered();
  const foot = (bottom || byId("title-block").offsetHeight) + GAP_PX; // the sheet, else the title block
  map.fitBounds(bounds, {
    paddingTopLeft: [GAP_PX, GAP_PX], paddingBottomRight: [right + GAP_PX, foot], maxZoom: level, animate: false,
  });
}

const lookAt = ([lon, lat], level) => look(L.latLngBounds([[lat, lon], [lat, lon]]), level);

/** Return true for an area or a line; a symbol has no outline to show. */
export const hasOutline = ({ geometry, properties }) =>
  Boolean(geometry) && properties.geometry_basis !== "symbolic_footprint" && !geometry.type.endsWith("Point");

/** Zoom out, never in, until a drawn feature stands whole in the part of the map that nothing covers. */
export function showWhole({ geometry }) {
  const bounds = L.geoJSON(geometry).getBounds();
  const size = map.getSize();
  const { right, bottom } = covered();
  const foot = bottom || byId("title-block").offsetHeight;
  const [upper, lower] = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
  const isWhole = upper.x >= 0 && upper.y >= 0 && lower.x <= size.x - right && lower.y <= size.y - foot;
  if (!isWhole) look(bounds, map.getZoom());
}

/** Show a drawn feature whole; a symbol has no outline to show, so its surroundings count. */
function lookAtFeature({ geometry, properties }, least) {
  const level = Math.max(map.getZoom(), least, PLACE_LEVEL);
  if (!hasOutline({ geometry, properties })) {
    lookAt(properties.centre || geometry.coordinates, level);
    return;
  }
  look(L.geoJSON(geometry).getBounds(), CLOSEST);
  if (map.getZoom() < least) lookAt(properties.centre, least);
}

async function loaded(id) {
  if (!find(id)) await refresh({ only: layerOf(id) });
  return find(id)?.feature;
}

function choose(patch) {
  const isChosen = get().sel === patch.sel;
  set(patch);
  if (isChosen) byId("card-name").focus({ preventScroll: true });
}

/** Choose a feature of the answer; a row in words shows the area in which it is placed. */
export async function goToFeature(found) {
  const { id, layer, placed_in: area, centre } = found;
  const on = centre && !isOn(layer) ? { on: { ...get().on, [layer]: true } } : {};
  choose({ sel: id, ...on });
  await loaded(id);
  const feature = await loaded(centre ? id : area || id);
  await new Promise((done) => { setTimeout(done, 0); }); // the card stands now, and the room of the map is known
  if (get().sel !== id || !feature?.geometry) return;
  const least = get().plan?.layers.find((item) => item.id === layer)?.min_zoom || 0;
  if (centre) lookAtFeature(feature, least);
  else lookAt(feature.properties.centre, map.getZoom());
}

/** Choose a position of the answer; the map stays where it is if the position is far from the plan. */
export function goToPosition({ lon, lat, near_plan: isNear }) {
  choose({ sel: selectionOf(null, [lon, lat]) });
  if (isNear) lookAt([lon, lat], Math.max(map.getZoom(), PLACE_LEVEL));
  showAgain(); // what lies there is known only now
}

export function startGoing(theMap, again) {
  map = theMap;
  showAgain = again;
}
