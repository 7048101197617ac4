// What leads through the map: themes and the guided tour.

import { startThemes } from "../themes/themes.js";
import { startTour } from "./tour.js";

/** Wire both; they need the view and the state, not yet the plan. */
export function startGuides(map) {
  startThemes(map);
  startTour(map);
}
