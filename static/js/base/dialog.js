// A dialog of the browser's own: it holds the focus, Esc closes it, and closing gives the focus back.

/** Wire a <dialog>: its close buttons, a click beside it, and keys that the page must not hear. */
export function startDialog(dialog) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-dialog-close]")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // Esc would close the card as well
}

export function openDialog(dialog) {
  if (!dialog.open) dialog.showModal();
}
