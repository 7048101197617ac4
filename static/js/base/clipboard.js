// Text into the clipboard, also where the browser gives pages no clipboard (plain http on another machine).

import { byId } from "./dom.js";

/** Copy `text`; return true if it was copied. The focus stays where it is. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const held = document.activeElement;
    const field = byId("copy-field");
    field.hidden = false;
    field.value = text;
    field.select();
    const isCopied = document.execCommand("copy");
    field.hidden = true;
    held?.focus({ preventScroll: true });
    return isCopied;
  }
}
