// The formats of the site beside CSV and GeoJSON: made by the server of the site as it stands, saved here.

import { byId } from "../base/dom.js";
import { toast } from "../base/toast.js";
import { lang, t } from "../base/words.js";
import { fetchFile, Refused } from "../export/ask.js";
import { sizeText } from "../export/form.js";
import { viewChosen } from "../map/state.js";
import { facts, feature } from "./site.js";

const DRAWN = { site_crs: "EPSG:4326", site_datum: "wgs84" }; // what the map itself draws in

async function saveAs(ext, save) {
  const { rings, ...view } = viewChosen();
  const url = `/export/site.${ext}?${new URLSearchParams({ ...view, ...(rings && { rings }), ...DRAWN, lang })}`;
  const body = new URLSearchParams({ site: JSON.stringify(feature()), name: facts.name });
  toast(t("export_making"));
  try {
    const { blob, name, bytes } = await fetchFile(url, { method: "POST", body });
    save(name, blob, blob.type);
    toast(t("export_done", { name, size: sizeText(bytes) }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message);
  }
}

/** Wire the list of formats; `save(name, content, type)` hands a file to the reader. */
export function startFormats(save) {
  const list = byId("site-formats").closest("details");
  const close = () => {
    list.open = false;
    list.querySelector("summary").focus();
  };
  byId("site-formats").addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    saveAs(event.submitter.value, save);
  });
  for (const button of list.querySelectorAll("button[type=button]")) button.addEventListener("click", close);
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !list.open) return;
    event.stopPropagation(); // of the list alone
    close();
  });
  // In the capture phase: the map keeps what is pressed on it to itself.
  addEventListener("pointerdown", (event) => { list.open &&= list.contains(event.target); }, true);
}
