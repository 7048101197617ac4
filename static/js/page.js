// Pages without a map: theme, print, keys and the search that leads to the map.

import { startChips } from "./chips.js";
import { startKeys } from "./keys.js";
import { startPageSearch } from "./pagesearch.js";
import { startPrint, startTheme } from "./theme.js";

startTheme();
startPrint();
startChips();
startKeys();
startPageSearch();
