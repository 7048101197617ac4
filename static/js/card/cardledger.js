// What the sources say of a feature beside its area: figures of the ledger, and its project.

import { figuresOf } from "../base/api.js";
import { chip, line, titled } from "./cardparts.js";
import { figureUrl, statedTold } from "../base/chiptold.js";
import { el, replace } from "../base/dom.js";
import { number } from "../base/format.js";
import { projectUrl } from "../tables/tableurl.js";
import { lang, named, t } from "../base/words.js";

const MOST = 6; // what a card can hold; the page of figures holds all

function row(figure) {
  const told = statedTold({ source: figure.source, place: named(figure, "place"), figure: figure.id });
  return el("tr", { "data-figure": figure.id }, el("th", { scope: "row", text: named(figure, "metric") }),
    el("td", { class: "num" }, el("a", { href: figureUrl(figure.id), text: named(figure, "text") }), " ", chip("stated", told)));
}

const allLink = (id, count) => el("p", {}, el("a", {
  href: `/figures?feature=${encodeURIComponent(id)}&lang=${lang}`, text: t("figures_all", { count: number(count) }),
}));

async function fill(box, p, shown) {
  try {
    const { figures } = await figuresOf(p.id);
    const rest = figures.filter((figure) => figure.id !== p.stated_area?.figure);
    const rows = rest.slice(0, MOST).map(row);
    replace(box, titled(t("figures_stated"), el("span", { class: "end", text: number(rest.length) })),
      el("table", { class: "fig" }, rows), rest.length > MOST ? allLink(p.id, figures.length) : null);
  } catch (error) {
    replace(box, titled(t("figures_stated")), el("p", { class: "quiet", text: error.message }), allLink(p.id, shown));
  }
}

/** Return the section of stated figures, which fills itself; null where the ledger holds no more than the stated area. */
export function ledgerSection(p) {
  const count = p.figure_count - (p.stated_area?.figure ? 1 : 0);
  if (!(count > 0)) return null;
  const box = el("div", { class: "sec", id: "card-figures" }, titled(t("figures_stated")), el("p", { class: "quiet", text: t("loading") }));
  fill(box, p, p.figure_count);
  return box;
}

/** Return the section of the projects that a feature stands for: name, number in the list, period. */
export function projectSection(p) {
  if (!p.projects?.length) return null;
  return el("div", { class: "sec", id: "card-projects" }, titled(t("projects_of")), el("table", { class: "src" },
    p.projects.map((one) => {
      const period = one.start || one.end ? t("period", { start: one.start || "–", end: one.end || "–" }) : t("period_none");
      const where = one.no ? t("project_number", { source: one.source, number: one.no }) : one.source;
      return line(named(one), el("a", { href: projectUrl(one.id), text: `${period}${t("comma")}${where}` }));
    })));
}
