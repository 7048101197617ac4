// What a theme or a step of the tour lays down: layers that are on, extent, view. The state asks it for its defaults.

import { page } from "../base/pagedata.js";

export const themes = page.themes || [];
export const steps = page.tour || [];

/** Return the preset that a state is in: the step of the tour, else the theme, else undefined. */
export const presetOf = ({ theme, tour }) => (tour ? steps[tour - 1] : themes.find(({ id }) => id === theme));

/** Return the extent that holds in a state whose address names none. */
export const homeExtent = (state) => presetOf(state)?.extent || page.defaults?.extent || null;

/** Return the id of the theme that a state shows: its own, or that of its step. */
export const themeShown = (state) => (state.tour ? presetOf(state)?.theme : state.theme) || null;

/** Return true if a switch is on in a preset; where another extent is chosen, the two lines change places. */
export function isInPreset(state, id, isRing) {
  const { layers } = presetOf(state);
  const home = homeExtent(state);
  if (id.startsWith("extent_") && state.extent !== home) {
    return layers.includes(id === `extent_${state.extent}` ? `extent_${home}` : `extent_${state.extent}`);
  }
  return layers.includes(id) || (isRing && layers.includes("rings"));
}

/** Return {theme, tour} of an address; what the data do not have is none. */
export function readPreset(words) {
  const theme = words.get("theme");
  const tour = /^\d{1,2}$/.test(words.get("tour")) ? Number(words.get("tour")) : 0;
  return {
    theme: themes.some(({ id }) => id === theme) ? theme : null,
    tour: tour >= 1 && tour <= steps.length ? tour : null,
  };
}
