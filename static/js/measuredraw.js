// The measured line or area on the map: casing, line, fill, and corners that can be dragged when it is done.

/* global L */

const FINGER_PX = 44;
const MOUSE_PX = 24;

const latLng = ([lon, lat]) => [lat, lon];

function shape(kind, cls) {
  return kind([], { pane: "selection", interactive: false, className: cls, smoothFactor: 0, fill: cls === "measure-fill" });
}

function cornerMark(corner, dragged) {
  const side = matchMedia("(pointer: coarse)").matches ? FINGER_PX : MOUSE_PX;
  const icon = L.divIcon({ className: "measure-corner", iconSize: [side, side] });
  const mark = L.marker(latLng(corner), { pane: "selection", icon, draggable: true, keyboard: false });
  return mark.on("drag", () => dragged(mark));
}

/** Return `draw({corners, ahead, isArea})`; `moved(index, latlng)` runs while a corner is dragged. */
export function startMeasureDrawing(map, moved) {
  const fill = shape(L.polygon, "measure-fill");
  const casing = shape(L.polyline, "measure-casing");
  const line = shape(L.polyline, "measure-line");
  const lead = shape(L.polyline, "measure-lead");
  const group = L.layerGroup([fill, casing, line, lead]).addTo(map);
  const marks = [];
  const dragged = (mark) => moved(marks.indexOf(mark), mark.getLatLng());

  return function draw({ corners, ahead, isArea }) {
    const points = corners.map(latLng);
    const ring = isArea ? [...points, points[0]] : points;
    casing.setLatLngs(ring);
    line.setLatLngs(ring);
    fill.setLatLngs(isArea ? points : []);
    lead.setLatLngs(ahead && corners.length ? [points.at(-1), latLng(ahead)] : []);
    while (marks.length > corners.length) group.removeLayer(marks.pop());
    corners.forEach((corner, i) => {
      if (marks[i]) marks[i].setLatLng(latLng(corner));
      else group.addLayer(marks[i] = cornerMark(corner, dragged));
    });
  };
}
