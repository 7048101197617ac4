// The keys of the measuring tool. Keys of a field or an open list stay its own, those of a focused button the button's.

const FIELDS = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable], dialog, .site-formats[open]";
const STEP_M = 10;
const LONG_STEP_M = 100;
const WAYS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Return what a key does on a focused corner or middle of a side; null if it means nothing there. */
function handleAction({ kind, index }, event, does) {
  const way = WAYS[event.key];
  const step = event.shiftKey ? LONG_STEP_M : STEP_M;
  if (event.key === "Escape") return does.toMap;
  if (kind === "corner") {
    if (way) return () => does.shift(index, way[0] * step, way[1] * step, event.repeat);
    return event.key === "Delete" ? () => does.remove(index) : null;
  }
  return event.key === "Enter" || event.key === " " ? () => does.add(index) : null;
}

function toolAction(event, does) {
  const isButton = Boolean(event.target.closest("button, a, summary, input"));
  if (event.key === "Escape") return does.cancel;
  if (event.key === "Backspace") return does.undo;
  if (event.key === "Enter" && !isButton) return does.finish;
  if (event.key === " " && !isButton) return does.centreCorner;
  return null;
}

function actionOf(event, tool, does) {
  const hasControl = event.ctrlKey || event.metaKey;
  if (!tool.isOn) return null;
  if (hasControl) return event.key.toLowerCase() === "z" ? does.undo : null;
  const handle = tool.isDrawing ? null : does.handleOf(event.target);
  return (handle && handleAction(handle, event, does)) || toolAction(event, does);
}

/** Let the keys do what `does` offers, whatever has the focus, while `tool` is on. */
export function startMeasureKeys(tool, does) {
  window.addEventListener("keydown", (event) => {
    if (event.target.closest?.(FIELDS) || event.altKey) return;
    const action = actionOf(event, tool, does);
    if (!action) {
      if (tool.isDrawing && event.key.startsWith("Arrow")) tool.isByKeys = true;
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // Esc would close the card as well, Enter ask about the centre
    action();
  }, { capture: true });
}
