// Draws what stands as JSON in the page on the map that folium made. Text is only ever set as text.
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const data = JSON.parse(document.getElementById("atlas-data").textContent);
  const map = window.atlasMap;

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function shape(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function card(feature) {
    const made = element("div");
    made.append(element("h2", feature.name));
    const facts = element("dl");
    for (const [label, text] of feature.facts) facts.append(element("dt", label), element("dd", text));
    made.append(facts, element("p", data.notice));
    return made;
  }

  const outline = (stroke) => ({
    stroke: stroke.colour, "stroke-width": stroke.width, "stroke-opacity": stroke.opacity,
    "stroke-dasharray": stroke.dash.join(" "),
  });

  function sign(one) {
    const half = one.radius + one.edge.width;
    const box = shape("svg", { width: 2 * half, height: 2 * half, viewBox: `${-half} ${-half} ${2 * half} ${2 * half}` });
    const drawn = { fill: one.fill || "none", ...outline(one.edge) };
    const r = one.radius;
    if (one.form === "circle") box.append(shape("circle", { r, ...drawn }));
    else if (one.form === "square") box.append(shape("rect", { x: -r, y: -r, width: 2 * r, height: 2 * r, ...drawn }));
    else box.append(shape("path", { d: `M${-r} 0H${r}M0 ${-r}V${r}`, ...drawn }));
    return { box, half };
  }

  function marker(where, feature, pane) {
    const signs = feature.look.signs.map(sign);
    const half = Math.max(12, ...signs.map((one) => one.half));  // a finger has to hit it
    const holder = element("div", undefined, "sign");
    holder.append(...signs.map((one) => one.box));
    const icon = L.divIcon({ html: holder, className: "sign-holder", iconSize: [2 * half, 2 * half] });
    return L.marker(where, { icon, pane, alt: feature.name });
  }

  function strokes(feature, pane) {
    return feature.look.strokes.filter((one) => !one.inside).map((one) => L.geoJSON(feature.geometry, {
      style: {
        pane, fill: false, color: one.colour, weight: one.width, opacity: one.opacity, dashArray: one.dash.join(" "),
      },
      pane,
    }));
  }

  function fills(feature, pane) {
    const { fill, fill_opacity: fillOpacity, pattern } = feature.look;
    const filled = (style) => L.geoJSON(feature.geometry, { pane, style: { pane, stroke: false, ...style } });
    const made = [];
    if (fill) made.push(filled({ fillColor: fill, fillOpacity }));
    if (pattern) made.push(filled({ fillOpacity: 1, className: `pattern-${pattern}` }));
    return made;
  }

  function drawn(feature, pane) {
    const group = L.featureGroup();
    if (feature.kind === "area") fills(feature, pane).forEach((one) => group.addLayer(one));
    if (feature.kind !== "point") strokes(feature, pane).forEach((one) => group.addLayer(one));
    if (feature.look.signs.length) group.addLayer(marker(L.latLng(...feature.at), feature, pane));
    group.bindPopup(() => card(feature), { maxWidth: 320 });
    return group.bindTooltip(() => element("span", feature.name), { sticky: true });
  }

  function swatch(look) {
    const box = shape("svg", { width: 22, height: 14, viewBox: "-11 -7 22 14", "aria-hidden": "true" });
    const row = { x: -11, y: -7, width: 22, height: 14 };
    if (look.fill) box.append(shape("rect", { ...row, fill: look.fill, "fill-opacity": look.fill_opacity }));
    if (look.pattern) box.append(shape("rect", { ...row, class: `pattern-${look.pattern}` }));
    for (const one of look.strokes.filter((stroke) => !stroke.inside)) {
      box.append(shape("path", { d: look.fill ? "M-11 6.5H11" : "M-11 0H11", fill: "none", ...outline(one) }));
    }
    for (const one of look.signs) box.append(...sign({ ...one, radius: Math.min(one.radius, 5) }).box.children);
    return box;
  }

  function listed(layer, group) {
    const made = element("div");
    const line = element("label");
    const box = element("input");
    box.type = "checkbox";
    box.checked = layer.visible;
    box.addEventListener("change", () => (box.checked ? group.addTo(map) : group.remove()));
    const [first, ...others] = layer.samples;
    line.append(box, ...(first && !others.length ? [swatch(first.look)] : []), element("span", layer.title));
    made.append(line);
    if (others.length) layer.samples.forEach((one) => made.append(sample(one)));
    return made;
  }

  function sample(one) {
    const line = element("div", undefined, "sample");
    line.append(swatch(one.look), element("span", one.name));
    return line;
  }

  const legend = document.getElementById("legend");
  for (const layer of data.layers) {
    const group = L.featureGroup(layer.features.map((feature) => drawn(feature, layer.id)));
    if (layer.visible) group.addTo(map);
    legend.prepend(listed(layer, group));
  }
  const [west, south, east, north] = data.bounds;
  L.control.zoom({ position: "topleft", zoomInTitle: data.words.zoom_in, zoomOutTitle: data.words.zoom_out }).addTo(map);
  const panel = legend.parentElement;
  panel.open = map.getSize().x > 640;  // on a narrow map the legend would lie over most of it
  const beside = panel.open ? panel.offsetWidth + 10 : 0;
  map.fitBounds([[south, west], [north, east]], { animate: false, padding: [6, 6], paddingBottomRight: [beside, 6] });
  document.body.dataset.ready = "true";
})();
