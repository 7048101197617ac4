// The page of downloads: the form that works without this script, with size, progress and a button that stops.

import { sizeSoon, startForm } from "./panel.js";

startForm();
sizeSoon();
