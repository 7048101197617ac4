// Two maps as one: what moves one moves the other; beside each other, or one over the other with a seam to drag.

/* global L */

import { byId } from "../base/dom.js";

/** Return the second map, made like the first, and keep both at one view; `moved([lon, lat, level])` runs when they rest. */
export function startSync(first, moved) {
  const { minZoom, maxZoom, zoomSnap, maxBounds } = first.options;
  const second = L.map("scenario-map", { minZoom, maxZoom, zoomSnap, maxBounds, zoomControl: false, attributionControl: false, bounceAtZoomLimits: false });
  second.setView(first.getCenter(), first.getZoom(), { animate: false });
  let leading = null;
  for (const [one, other] of [[first, second], [second, first]]) {
    one.options.zoomAnimation = false;
    one._zoomAnimated = false; // Leaflet has read the option already; two animated maps would drift apart
    one.on("move", () => {
      if (leading && leading !== one) return;
      leading = one;
      other.setView(one.getCenter(), one.getZoom(), { animate: false });
      leading = null;
    });
  }
  first.on("moveend", () => {
    const { lat, lng } = first.getCenter();
    moved([Number(lng.toFixed(5)), Number(lat.toFixed(5)), first.getZoom()]);
  });
  return second;
}

/** Lay the right map over the left one, cut at the seam, or put them beside each other. */
export function startSwipe(maps) {
  const cut = () => {
    const share = Number(byId("swipe").value);
    byId("half-right").style.clipPath = document.body.dataset.mode === "swipe" ? `inset(0 0 0 ${share}%)` : "";
    byId("maps").style.setProperty("--seam", `${share}%`);
  };
  byId("swipe").addEventListener("input", cut);
  return function show(mode) {
    document.body.dataset.mode = mode;
    byId("swipe").hidden = mode !== "swipe";
    cut();
    maps.forEach((map) => map.invalidateSize({ pan: false }));
  };
}
