// Pages without a map: theme, print, keys and the search that leads to the map.

import { startChips } from "./base/chips.js";
import { startKeys } from "./base/keys.js";
import { startPageSearch } from "./search/pagesearch.js";
import { startPrint, startTheme } from "./base/theme.js";

startTheme();
startPrint();
startChips();
startKeys();
startPageSearch();
