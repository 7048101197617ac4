// Money of the ledger, which counts in 10,000 CNY, in the unit that people read: 亿元 or thousand millions of CNY.

import { exact } from "../base/format.js";
import { lang, t } from "../base/words.js";

const UNIT = lang === "zh" ? 1e4 : 1e5;

/** Return 10,000 CNY in the reader's unit, without the noise of binary fractions. */
export const inUnit = (value) => Number((value / UNIT).toPrecision(12));
export const amount = (value) => exact(inUnit(value));
export const money = (value) => (value === null ? t("time_no_investment") : t("time_money", { value: amount(value) }));
