import { around, on } from "../dom";

/** A button with data-confirm="dialog id" opens the dialog; the form inside does the act. */
export function startConfirm(): void {
  on("click", "[data-dialog-open]", (button, event) => {
    const dialog = document.getElementById(button.dataset.dialogOpen ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.showModal();
  });
  on("click", "[data-dialog-close]", (button) => button.closest("dialog")?.close());
  document.addEventListener("click", (event) => {
    const dialog = around<HTMLDialogElement>(event, "dialog");
    // A click on the backdrop has the dialog itself as its target.
    if (dialog?.open && event.target === dialog) dialog.close();
  });
}
