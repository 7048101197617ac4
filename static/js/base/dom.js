// Elements made with textContent and attributes: nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg";

function dress(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") node.textContent = value;
    else if (key === "on") {
      for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    } else if (key in node && typeof value === "boolean") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
}

function fill(node, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
  return node;
}

/** Return an HTML element with attributes, listeners (`on`) and children. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  dress(node, attributes);
  return fill(node, children);
}

/** Return an SVG element with attributes and children. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  dress(node, attributes);
  return fill(node, children);
}

/** Return a 16 px line icon from the sprite of the page. */
export function icon(name) {
  return svg("svg", { class: "ico", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("use", { href: `#i-${name}` }));
}

export const byId = (id) => document.getElementById(id);

export function replace(node, ...children) {
  node.replaceChildren();
  return fill(node, children);
}
