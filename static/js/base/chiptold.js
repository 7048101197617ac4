// What the chips of the card tell: source and place of what is stated, method and system of what is computed, why assumed.

import { exact, number } from "./format.js";
import { get } from "../map/state.js";
import { lang, named, ofBoth, t } from "./words.js";

const facts = () => get().plan.plan;
const system = () => [t("told_crs"), `${facts().crs_name}${t("comma")}${facts().metric_crs}`];

function sourceRows(id, place) {
  const source = get().plan.sources.find((item) => item.id === id);
  const title = [id === "public" ? "" : id, named(source, "title")].filter(Boolean).join(" ");
  return [[t("source"), title], [t("place"), ofBoth(place)], [t("data_year"), String(source?.year ?? t("told_no_year"))]];
}

/** Return the address of a figure's page. */
export const figureUrl = (id) => `/figures/${id}?lang=${lang}`;

const ledgerRow = (id) => [t("told_ledger"), id, id && figureUrl(id)];

/** Return what is told of a stated area. */
export const statedTold = (said) => [...sourceRows(said.source, said.place), ledgerRow(said.figure)];

/** Return what is told of a computed area: how, in which system, and what its bound is made of. */
export function areaTold(p) {
  const bound = p.area_u_m2 && p.accuracy_m
    ? t("told_area_bound", { accuracy: number(p.accuracy_m) }) : t("told_no_bound");
  return [[t("told_method"), t(p.geometry_basis === "computed" ? "told_ring_area" : "told_area")], system(), [t("told_bound"), bound]];
}

export const lengthTold = (p) => [
  [t("told_method"), t(p.geometry_basis === "computed" ? "told_ring_length" : "told_length")], system(),
  [t("told_bound"), t("told_no_bound")]];

export const sharesTold = () => [[t("told_method"), t("told_shares")], system(), [t("told_bound"), t("told_shares_bound")]];

export const standingTold = () => [[t("told_method"), t("told_standing")], system(), [t("told_bound"), t("told_standing_bound")]];

/** Return what is told of the distance of a ring edge: where it is stated, or why it is assumed. */
export function edgeTold(distance) {
  const edge = facts().edges.find((one) => one.distance_m === distance);
  if (!edge) return [[t("told_why"), t("no_data")]];
  return [[t("told_distance"), `${exact(distance)} m`],
    [t(edge.basis === "stated" ? "told_says" : "told_why"), named(edge, "reason")],
    ...(edge.source ? [...sourceRows(edge.source, edge.place), ledgerRow(edge.figure)] : [])];
}
