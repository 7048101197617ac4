// The page of land for a wish: a place in the list, its circle and its number on the map belong together.

const EVENTS = ["pointerover", "focusin"];
const ENDS = ["pointerout", "focusout"];

const list = document.getElementById("find-places");
const rankOf = (mark) => mark.querySelector("text").textContent;
const marks = [...document.querySelectorAll(".map-cut .cut-mark")]; // a number without room on the map is not there
const sites = [...document.querySelectorAll(".map-cut .find-site")]; // in the order of the ranks

function light(rank) {
  for (const mark of marks) mark.classList.toggle("lit", rankOf(mark) === rank);
  sites.forEach((site, at) => site.classList.toggle("lit", String(at + 1) === rank));
  for (const row of list.children) row.classList.toggle("lit", row.dataset.rank === rank);
}

/** Return the rank of the place that an element belongs to, null for everything else. */
function rankAt(target) {
  const held = target.closest?.("[data-rank], .cut-mark, .find-site");
  if (!held || held.dataset.rank) return held?.dataset.rank ?? null;
  const at = sites.indexOf(held);
  if (at >= 0) return String(at + 1);
  return marks.includes(held) ? rankOf(held) : null;
}

function goTo({ target }) {
  const rank = target.closest?.(".map-cut") ? rankAt(target) : null;
  const row = rank && document.getElementById(`place-${rank}`);
  if (!row) return;
  row.scrollIntoView({ block: "nearest" });
  row.querySelector(".site-link").focus({ preventScroll: true });
}

function start() {
  const main = document.getElementById("main");
  const show = (target) => light(rankAt(target) ?? rankAt(document.activeElement)); // what has the focus stays marked
  EVENTS.forEach((name) => main.addEventListener(name, ({ target }) => show(target)));
  ENDS.forEach((name) => main.addEventListener(name, () => show(document.body)));
  main.addEventListener("click", goTo);
}

if (list) start();
document.body.dataset.ready = "true";
