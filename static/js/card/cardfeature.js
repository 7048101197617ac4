// The sections of a feature's card. Every figure carries its chip: stated, computed or assumed.

import { compareSection } from "./cardcompare.js";
import { chip, line, titled } from "./cardparts.js";
import { areaTold, edgeTold, lengthTold, sharesTold, standingTold } from "../base/chiptold.js";
import { ledgerSection, projectSection } from "./cardledger.js";
import { summary } from "./cardsummary.js";
import { el } from "../base/dom.js";
import { bounded, exact, metres, number, percents, squareKm } from "../base/format.js";
import { landUseText } from "../base/landuse.js";
import { kindOf } from "../map/passes.js";
import { get, set } from "../map/state.js";
import { basisPicture, swatch } from "../base/swatch.js";
import { assessAreaUrl, projectUrl } from "../tables/tableurl.js";
import { lang, named, ofBoth, otherName, t } from "../base/words.js";

/** Return [kind, name, other name] of a feature. */
export function heading(feature, layer) {
  const p = feature.properties;
  const group = get().plan.groups.find((item) => item.id === layer.group);
  const kind = named(layer, "title") === named(p) && group ? named(group) : named(layer, "title");
  return [kind, named(p), otherName(p)];
}

/** Return the name of a zone: a ring, water or outside. */
export function zoneName(id) {
  const rings = get().plan?.layers.find((layer) => layer.id === "rings")?.rings || [];
  const ring = rings.find((item) => item.id === id);
  return ring ? named(ring) : t(`zone_${id}`);
}

/** Return the short name of a zone, for tables. */
const shortName = (id) => (/^(ring_[1-4]|strip)$/.test(id) ? t(`ring_label_${id}`) : zoneName(id));

function ringOf(id) {
  const rings = get().plan?.layers.find((layer) => layer.id === "rings")?.rings || [];
  return rings.find((item) => item.id === id);
}

const SHORT = 160; // characters of a note that stand on a card without folding; Chinese says twice as much in one

/** Return a note whose first sentence stands, with the others folded where they would push the figures out of sight. */
function foldedNote(note) {
  const [first] = note.match(/^.*?(?:。|\. (?=[A-Z]))/s) || [note];
  const isLong = note.length > (lang === "zh" ? SHORT / 2 : SHORT) && first.length < note.length;
  if (!isLong) return [el("p", { text: note })];
  return [el("p", { text: first.trim() }), el("details", { class: "read-on" },
    el("summary", { text: t("read_on") }), el("p", { text: note.slice(first.length).trim() }))];
}

function basisBox(p, kind) {
  const accuracy = p.accuracy_m ? t("accuracy_part", { metres: number(p.accuracy_m) }) : "";
  const head = t(`basis_head_${kind === "line" ? "line_" : ""}${p.geometry_basis}`) + accuracy;
  const note = named(p, "note") || t(`basis_note_${p.geometry_basis}`);
  return el("div", { class: "sec first" }, el("div", { class: "basis", "data-basis": p.geometry_basis },
    basisPicture(p.geometry_basis, kind), el("div", {}, el("b", { text: head }), foldedNote(note))));
}

/** The distance of a ring line, and whether a source states it. */
function distanceSection(p) {
  const { distance_m: distance, distance_basis: told, separates_zones: parts } = p.extra || {};
  if (p.layer !== "ring_lines" || !distance) return null;
  return el("div", { class: "sec" }, titled(t("to_shore"), chip(told, edgeTold(distance))), el("table", { class: "fig" },
    el("tr", {}, el("th", { scope: "row", text: t(parts ? "ring_edge" : "within_ring") }),
      el("td", { class: "num" }, el("b", { class: "lead", text: `${exact(distance)} m` })))));
}

function areaRow(unit, p, lead = false) {
  const { value, bound } = bounded(p.area_m2, p.area_u_m2, unit);
  return el("tr", { "data-area": unit }, el("th", { scope: "row", text: t(`unit_name_${unit}`) }),
    el("td", { class: "num" }, el("b", { class: lead ? "lead" : "", text: value }), bound ? ` ± ${bound}` : ""));
}

function areaSection(p) {
  if (p.length_m) {
    return el("div", { class: "sec" }, titled(t("length"), chip("computed", lengthTold(p)), el("span", { class: "end", text: get().plan.plan.metric_crs })),
      el("table", { class: "fig" }, el("tr", {}, el("th", { scope: "row", text: t("length_drawn") }),
        el("td", { class: "num" }, el("b", { class: "lead", text: metres(p.length_m) })))));
  }
  if (!p.area_m2) return null;
  const ellipsoidal = p.area_ellipsoidal_m2 ? el("tr", { class: "quiet" },
    el("th", { scope: "row", text: t("ellipsoidal") }),
    el("td", { class: "num", text: `${number(p.area_ellipsoidal_m2 / 1e6, p.area_ellipsoidal_m2 > 1e7 ? 2 : 3)} km²` })) : null;
  return el("div", { class: "sec" },
    titled(t("area"), chip("computed", areaTold(p)), el("span", { class: "end", text: get().plan.plan.metric_crs })),
    el("table", { class: "fig" }, areaRow("km2", p, true), areaRow("ha", p), areaRow("mu", p), ellipsoidal));
}

const homeZone = (p, name) => el("b", { id: "home-zone", "data-zone": p.home_zone, text: name(p.home_zone) });

function shareRow(zone, text) {
  const range = zone.share_high - zone.share_low > 0.005
    ? t("share_range", { low: Math.round(zone.share_low * 100), high: Math.round(zone.share_high * 100) }) : "";
  const picture = zone.id === "water" ? swatch("water") : /^ring|strip/.test(zone.id) ? swatch(zone.id)
    : el("i", { class: "sw sw-outside" });
  const ring = ringOf(zone.id);
  const assumed = ring?.basis === "assumed" ? chip("assumed", edgeTold(ring.outer_m), t("edge_assumed_short")) : null;
  return el("tr", { "data-share": zone.id }, el("td", {}, picture),
    el("th", { scope: "row" }, shortName(zone.id), " ", assumed),
    el("td", { class: "num", text: `${squareKm(zone.area_m2)} km²` }),
    el("td", { class: "num" }, el("b", { text })), el("td", { class: "num quiet", text: range }));
}

function sharesSection(p) {
  const zones = (p.zones || []).filter((zone) => zone.share > 0 || zone.share_high > 0.005);
  if (!zones.length) return null;
  const texts = percents(zones.map((zone) => zone.share));
  const bar = el("div", { class: "bar", "aria-hidden": "true" }, zones.map((zone) => {
    const part = el("i", { class: `bar-${zone.id}` });
    part.style.flexGrow = zone.share;
    return part;
  }));
  return el("div", { class: "sec" },
    titled(t("ring_shares"), chip("computed", sharesTold()), el("span", { class: "end" }, `${t("home_ring")} `, homeZone(p, shortName))),
    bar, el("table", { class: "shares" }, el("thead", {}, el("tr", {}, el("td", { colspan: "2" }), el("td", {}),
      el("th", { class: "num", text: t("by_line") }), el("th", { class: "num", text: t("on_ground") }))),
    el("tbody", {}, zones.map((zone, i) => shareRow(zone, texts[i])))));
}

function standingSection(p) {
  if (p.zones?.length || !p.home_zone) return null;
  const ground = (p.ground || []).map(zoneName).join(t("or"));
  return el("div", { class: "sec" }, titled(t("where"), chip("computed", standingTold())), el("table", { class: "src" },
    line(t("by_line_long"), homeZone(p, zoneName)),
    ground ? line(t("on_ground_long"), t(p.ground.length === 1 ? "certain" : "near", { zone: ground, zones: ground })) : null,
    p.distance_to_lake_m !== null ? line(t("to_shore"), metres(p.distance_to_lake_m)) : null));
}

function membersSection(p) {
  const members = p.members || [];
  const words = p.projects_in_words || [];
  const count = members.length + words.length;
  if (!count) return null;
  const button = (member) => el("button", {
    type: "button", class: "link", "data-feature-link": member.id, text: named(member), on: { click: () => set({ sel: member.id }) },
  });
  return el("div", { class: "sec" }, titled(t("members"), el("span", { class: "end", text: number(count) })),
    el("p", { class: "quiet", text: t("members_note") }),
    el("ul", { class: "members" }, members.map((member) => el("li", {}, button(member))),
      words.map((one) => el("li", { "data-project": one.id }, el("a", { href: projectUrl(one.id), text: named(one) })))));
}

function sourceSection(p) {
  const { plan } = get();
  const source = plan.sources.find((item) => item.id === p.source);
  const area = p.placed_in ? el("button", {
    type: "button", class: "link", "data-feature-link": p.placed_in, text: t("show_area"),
    on: { click: () => set({ sel: p.placed_in }) },
  }) : null;
  const extra = Object.entries(p.extra || {}).filter(([, value]) => value !== null && value !== "");
  return el("div", { class: "sec" }, el("table", { class: "src" },
    p.source ? line(t("source"), el("b", { text: p.source === "public" ? "" : p.source }), " ", named(source, "title")) : null,
    p.place ? line(t("place"), ofBoth(p.place)) : null,
    line(t("data_year"), String(p.data_year ?? t("undated_map"))),
    line(t("status"), t(`status_${p.status}`)),
    p.land_use ? line(t("land_use"), landUseText(p.land_use)) : null,
    area ? line(t("placed_in"), area) : null),
  extra.length ? el("details", { class: "extra" },
    el("summary", { text: t("more_properties", { count: extra.length }) }),
    el("table", { class: "src" }, extra.map(([key, value]) => line(key, String(value))))) : null);
}

/** Return the way to the assessment of an area; a symbol is no outline, and a place without one cannot be a site. */
function assessSection({ id, geometry, properties }) {
  if (!geometry?.type.endsWith("Polygon") || properties.geometry_basis === "symbolic_footprint") return null;
  return el("p", { class: "sec" }, el("a", { class: "link", "data-to-assess": id, href: assessAreaUrl(id), text: t("assess_area") }));
}

/** Return the sections of a feature's card. */
export function featureSections(feature) {
  const p = feature.properties;
  return [basisBox(p, feature.geometry ? kindOf(feature) : null), summary(p), distanceSection(p), areaSection(p),
    compareSection(feature), ledgerSection(p), sharesSection(p), standingSection(p), projectSection(p), membersSection(p),
    assessSection(feature), sourceSection(p)];
}
