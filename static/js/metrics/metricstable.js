// The sections of the figures panel: land by zone with bars, green by zone, and what each figure is divided by.

import { chip, line, titled } from "../card/cardparts.js";
import { statedTold } from "../base/chiptold.js";
import { el, svg } from "../base/dom.js";
import { number, percents, squareKm } from "../base/format.js";
import { get } from "../map/state.js";
import { named, t } from "../base/words.js";

const TRACE = 0.0005; // half of a tenth of a per cent
const zoneWord = (id) => t(id === "water" ? "metrics_water" : `ring_label_${id}`);
const km2 = (areaM2) => `${number(areaM2 / 1e6, 2)} km²`;
const figureOf = (zone, metric) => zone.green.find((green) => green.metric === metric);
const head = (text, cls = "num") => el("th", { scope: "col", class: cls, text });
const cell = (text) => el("td", { class: "num", text });
const key = (id) => el("i", { class: `dot bar-${id}` });

const areaTold = () => [
  [t("told_method"), t("metrics_area_how")], [t("told_crs"), get().plan.plan.metric_crs], [t("told_bound"), t("metrics_area_bound")]];

function bar(zone, largest) {
  return svg("svg", { class: "area-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: `fill-${zone.id}`, width: (zone.area_m2 / largest) * 100, height: 10 }));
}

function landRow(zone, { largest, ofLand, ofExtent, choose }) {
  const button = el("button", {
    type: "button", class: "zone-light", "data-light": zone.id, "aria-pressed": "false", title: t("metrics_light"),
    on: { click: () => choose(zone.id) },
  }, key(zone.id), zoneWord(zone.id));
  return el("tr", { "data-zone-row": zone.id }, el("th", { scope: "row" }, button), el("td", { class: "bar-cell" }, bar(zone, largest)),
    cell(squareKm(zone.area_m2)), cell(ofLand ?? "–"), cell(ofExtent), cell(number(zone.sites.length)));
}

const totalRow = (text, areaM2, ofLand, ofExtent) => el("tr", {}, el("th", { scope: "row", colspan: "2", text }),
  cell(squareKm(areaM2)), cell(ofLand), cell(ofExtent), el("td"));

function landSection(found, choose) {
  const { zones, land_area_m2: land, closure: { extent_m2: extent } } = found;
  const largest = Math.max(...zones.map((zone) => zone.area_m2));
  const ofLand = percents(zones.filter((zone) => zone.share_of_land !== null).map((zone) => zone.share_of_land));
  const ofExtent = percents(zones.map((zone) => zone.share_of_extent));
  const water = Math.round((1 - land / extent) * 100);
  const words = found.sites_in_words.reduce((sum, row) => sum + row.sites.length, 0);
  return el("div", { class: "sec" },
    titled(t("metrics_land"), chip("computed", areaTold()), el("span", { class: "end", text: found.crs })),
    el("table", { class: "zone-figures" },
      el("thead", {}, el("tr", {}, head(t("metrics_zone"), ""), el("th", { scope: "col", class: "num", colspan: "2", text: t("metrics_area") }),
        head(t("metrics_of_land")), head(t("metrics_of_extent")), head(t("metrics_sites")))),
      el("tbody", {}, zones.map((zone, i) => landRow(zone, { largest, ofLand: ofLand[i], ofExtent: ofExtent[i], choose }))),
      el("tfoot", {}, totalRow(t("metrics_whole_land"), land, "100%", `${100 - water}%`),
        totalRow(t("metrics_whole_extent", { extent: found.extent }), extent, "–", "100%"))),
    words ? el("p", { class: "quiet", text: t("metrics_in_words", { count: words }) }) : null);
}

/** Return the value of a green figure as text; null where there is none. */
function greenText(green) {
  if (green.value === null) return null;
  const isShare = green.unit === "share";
  const isTrace = green.value > 0 && green.value < TRACE && isShare;
  if (isTrace) return "<0.1%";
  const sign = green.lower_bound && green.value >= (isShare ? TRACE : 0.005) ? "≥ " : "";
  return sign + (isShare ? `${number(green.value * 100, 1)}%` : number(green.value, 2));
}

/** Return a cell with the figure, or "no data" and the number of its reason among `reasons`, which grows. */
function greenCell(green, reasons) {
  const text = greenText(green);
  if (text !== null) return el("td", { class: "num", "data-metric": green.metric, text });
  const reason = named(green, "reason");
  if (!reasons.includes(reason)) reasons.push(reason);
  return el("td", { class: "num", "data-metric": green.metric }, el("span", { class: "chip none", text: t("no_data") }),
    el("sup", {}, el("span", { class: "unseen", text: t("metrics_note") }), String(reasons.indexOf(reason) + 1)));
}

function greenSection(found) {
  const reasons = [];
  const row = (label, thing) => el("tr", { "data-green-row": thing.id || "extent" }, el("th", { scope: "row" }, label),
    greenCell(figureOf(thing, "mapped_green_share"), reasons), greenCell(figureOf(thing, "park_green_per_head"), reasons));
  const rows = found.zones.map((zone) => row([key(zone.id), zoneWord(zone.id)], zone));
  const whole = row(t("metrics_whole_extent", { extent: found.extent }), found);
  return el("div", { class: "sec" }, titled(t("metrics_green")),
    el("table", { class: "zone-figures green-figures" },
      el("thead", {}, el("tr", {}, head(t("metrics_zone"), ""), head(t("metrics_green_share")), head(t("metrics_per_head")))),
      el("tbody", {}, rows), el("tfoot", {}, whole)),
    reasons.length ? el("ol", { class: "reasons" }, reasons.map((text) => el("li", { text }))) : null);
}

function persons(said) {
  const text = t("metrics_persons", { count: number(said.persons) });
  return said.qualifier ? t(`qualifier_${said.qualifier}`, { value: text }) : text;
}

const residentLine = (label, said) => el("p", {}, `${label}${t("metrics_colon")}`, said
  ? [persons(said), ` (${said.source === "public" ? t("public_text") : said.source}, ${said.year}) `, chip("stated", statedTold(said))]
  : t("metrics_not_stated"));

function denominatorSection(found) {
  const told = found.zones.filter((zone) => zone.population);
  const untold = found.zones.some((zone) => zone.id !== "water" && !zone.population);
  return el("div", { class: "sec" }, titled(t("metrics_denominators")), el("table", { class: "src denominators" },
    line(t("metrics_of_land"), t("metrics_land_is", { area: km2(found.land_area_m2) })),
    line(t("metrics_of_extent"), t("metrics_extent_is", { area: km2(found.closure.extent_m2) })),
    line(t("metrics_green_share"), t("metrics_zone_is")),
    line(t("metrics_per_head"), el("p", { text: t("metrics_residents_are") }),
      residentLine(t("metrics_whole_extent", { extent: found.extent }), found.population),
      told.map((zone) => residentLine(zoneWord(zone.id), zone.population)),
      untold ? residentLine(t(told.length ? "metrics_other_zones" : "metrics_each_zone"), null) : null)));
}

/** Return the sections for an answer of /api/metrics; `choose(zone)` runs when the row of a zone is pressed. */
export const metricSections = (found, choose) => [landSection(found, choose), greenSection(found), denominatorSection(found)];
