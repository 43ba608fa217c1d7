import { on } from "../dom";
import { toast } from "./toasts";

/** data-copy holds the text; data-copied what is said afterwards. */
export function startCopy(): void {
  on("click", "[data-copy]", async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? "");
      toast(button.dataset.copied ?? "", "success");
    } catch {
      toast(document.body.dataset.copyRefused ?? "", "error");
    }
  });
}
