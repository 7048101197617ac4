// "This point": ring by the atlas's line and on the ground, distance to the shore, coordinates. And the list of hits.

import { zoneName } from "./cardfeature.js";
import { chip, line, titled } from "./cardparts.js";
import { standingTold } from "../base/chiptold.js";
import { el } from "../base/dom.js";
import { degrees, metres, number, plane } from "../base/format.js";
import { kindOf } from "../map/passes.js";
import { get, set } from "../map/state.js";
import { basisPicture } from "../base/swatch.js";
import { assessHereUrl } from "../tables/tableurl.js";
import { named, t } from "../base/words.js";

function groundText({ certain, zones }) {
  const names = zones.map(zoneName);
  return certain ? t("certain", { zone: names[0] }) : t("near", { zones: names.join(t("or")) });
}

/** Return the section for an answer of /api/membership, under `title`. `#point-zone` carries the zone for programs. */
export function pointSection(answer, title) {
  const zone = el("b", {
    id: "point-zone", "data-zone": answer.zone, "data-distance": answer.distance_to_lake_m ?? "",
    "data-lon": answer.lon, "data-lat": answer.lat, class: `zone-word zone-${answer.zone}`, text: zoneName(answer.zone),
  });
  const distance = answer.distance_to_lake_m;
  return el("div", { class: "sec point", id: "point-section" },
    titled(title, chip("computed", standingTold()), el("span", { class: "end", text: answer.crs })),
    el("table", { class: "src" },
      line(t("by_line_long"), el("i", { class: `dot bar-${answer.zone}` }), zone),
      line(t("on_ground_long"), el("span", { id: "point-ground", "data-zones": answer.ground.zones.join(" "), text: groundText(answer.ground) }),
        el("span", { class: "quiet", text: ` ±${number(answer.ground.accuracy_m)} m` })),
      line(t("to_shore"), distance === null ? t("no_data") : distance === 0 ? t("in_lake") : metres(distance)),
      line(t("lonlat"), el("span", { class: "tab", text: degrees(answer.lon, answer.lat) })),
      line(answer.crs, el("span", { class: "tab", text: answer.x === null ? t("no_data") : plane(answer.x, answer.y) }))),
    el("a", { class: "link", id: "assess-here", href: assessHereUrl([answer.lon, answer.lat]), text: t("assess_here") }));
}

/** Return the list of features; what is chosen from it keeps `point` ("lon,lat"), the chosen one if nothing is said. */
export function listSection(hits, point = get().sel.split("@")[1]) {
  return el("ul", { class: "hit-list" }, hits.map((feature) => {
    const p = feature.properties;
    const layer = get().plan.layers.find((item) => item.id === p.layer);
    return el("li", {}, el("button", {
      type: "button", class: "hit-row", "data-hit": feature.id,
      on: { click: () => set({ sel: point ? `${feature.id}@${point}` : feature.id }) },
    }, basisPicture(p.geometry_basis, kindOf(feature)), el("span", {}, el("b", { text: named(p) }),
      el("small", { text: `${named(layer, "title")} · ${t(`basis_${p.geometry_basis}`)}` }))));
  }));
}
