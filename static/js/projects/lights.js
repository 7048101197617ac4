// Pointing at a row marks its place in the map and its years in the chart; pointing at these marks the rows.

const EVENTS = ["pointerover", "focusin"];
const ENDS = ["pointerout", "focusout"];

const placesOf = (main, place) => [...main.querySelectorAll("[data-place]")].filter((one) => one.dataset.place === place);

/** Return the elements that belong to the one pointed at, itself left out. */
export function partners(main, target) {
  const held = target.closest?.("tr[data-project], [data-year], [data-place]");
  if (!held) return [];
  const found = held.dataset.place ? placesOf(main, held.dataset.place) : [];
  if (held.dataset.from) {
    const inside = ({ dataset }) => Number(dataset.year) >= Number(held.dataset.from) && Number(dataset.year) <= Number(held.dataset.to);
    found.push(...[...main.querySelectorAll("[data-year]")].filter(inside));
  }
  if (held.dataset.year) {
    const year = Number(held.dataset.year);
    found.push(...[...main.querySelectorAll("tr[data-from]")].filter(({ dataset }) => year >= Number(dataset.from) && year <= Number(dataset.to)));
  }
  const isRow = held.matches("tr");
  return found.filter((one) => one !== held && !(isRow && one.matches("tr"))); // a row marks no other rows
}

/** Begin to mark what belongs together inside `main`. */
export function startLights(main) {
  let lit = [];
  const light = (next) => {
    lit.forEach((one) => one.classList.remove("lit"));
    lit = next;
    lit.forEach((one) => one.classList.add("lit"));
  };
  EVENTS.forEach((name) => main.addEventListener(name, ({ target }) => light(partners(main, target))));
  ENDS.forEach((name) => main.addEventListener(name, () => light([])));
}
