// Pages without a map: theme and print only.

import { startPrint, startTheme } from "./theme.js";

startTheme();
startPrint();
