// Figures as people read them: units, thousands, rounding by the bound that goes with a value.

import { lang, t } from "./words.js";

const THIN = "\u2009";
const MINUS = "\u2212";
export const UNITS = { km2: 1e6, ha: 1e4, mu: 2000 / 3, m2: 1 };

/** Return a number with `decimals` (negative ones round to tens) and grouped thousands. */
export function number(value, decimals = 0) {
  const step = 10 ** Math.max(0, -decimals);
  const fixed = (Math.round(Math.abs(value) / step) * step || 0);
  const text = (step > 1 ? fixed : Math.abs(value)).toFixed(Math.max(0, decimals));
  const [whole, part] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, lang === "zh" ? THIN : ",");
  const sign = value < 0 && Number(text) !== 0 ? MINUS : "";
  return sign + grouped + (part ? `.${part}` : "");
}

/** Return the decimals that a bound allows: two digits if it begins with 100 to 354, else one. */
export function decimalsOf(bound) {
  const power = Math.floor(Math.log10(bound));
  const lead = bound / 10 ** power;
  return -power + (lead < 3.545 ? 1 : 0);
}

/** Return {value, bound} as text in `unit` for an area and its 95 % bound in m2. */
export function bounded(areaM2, boundM2, unit) {
  const value = areaM2 / UNITS[unit];
  if (!boundM2) return { value: plain(value), bound: "" };
  const bound = boundM2 / UNITS[unit];
  const decimals = decimalsOf(bound);
  return { value: number(value, decimals), bound: number(bound, decimals) };
}

function plain(value) {
  if (value === 0) return "0";
  if (value < 0.005) return "<0.01";
  const power = Math.floor(Math.log10(Math.abs(value)));
  return number(value, Math.max(0, 2 - power));
}

/** Return an area in km2 as the lists write it: tenths, hundredths below one tenth. */
export function squareKm(areaM2) {
  const value = areaM2 / 1e6;
  if (value === 0) return "0";
  if (value < 0.005) return "<0.01";
  return number(value, value !== 0 && value < 0.1 ? 2 : 1);
}

/** Return a number as it is known: grouped, with every decimal that it has. */
export function exact(value) {
  return number(value, String(value).split(".")[1]?.length || 0);
}

/** Return a stated area as it stands in its source, with its qualifier. */
export function stated(area) {
  const text = `${exact(area.value)} ${t(`unit_${area.unit}`)}`;
  return area.qualifier ? t(`qualifier_${area.qualifier}`, { value: text }) : text;
}

/** Return shares in whole per cent that add up to 100; a trace reads "<1%". */
export function percents(shares) {
  const raw = shares.map((share) => share * 100);
  const whole = raw.map(Math.floor);
  const total = Math.round(raw.reduce((a, b) => a + b, 0));
  const order = raw.map((value, i) => [value - whole[i], i]).sort((a, b) => b[0] - a[0]);
  let left = total - whole.reduce((a, b) => a + b, 0);
  for (const [, i] of order) {
    if (left <= 0) break;
    whole[i] += 1;
    left -= 1;
  }
  return raw.map((value, i) => (value > 0 && value < 0.5 ? "<1%" : `${whole[i]}%`));
}

/** Return a distance in metres, or kilometres from 10 km on. */
export function metres(value) {
  if (value >= 10000) return `${number(value / 1000, 1)} km`;
  return `${number(value, 0)} m`;
}

/** Return a per cent difference with sign. */
export function signedPercent(ratio) {
  const value = ratio * 100;
  return `${value > 0 ? "+" : ""}${number(value, 1)}%`;
}

export function signed(text, value) {
  return value > 0 ? `+${text}` : text;
}

/** Return degrees as the status bar writes them. */
export function degrees(lon, lat) {
  return `${lon.toFixed(4)}° E\u2002${lat.toFixed(4)}° N`;
}

/** Return metres of EPSG:4548 as the status bar writes them. */
export function plane(easting, northing, decimals = 1) {
  return `E ${number(easting, decimals)}\u2002N ${number(northing, decimals)}`;
}
