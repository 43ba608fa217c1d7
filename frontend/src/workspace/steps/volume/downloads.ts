/** Documents are made by jobs: their card stands in the tray of the page and tells how far they are. */

import htmx from "htmx.org";

import type { Workspace } from "../../context";

/** Ask for a document of the project. */
export async function download(workspace: Workspace, format: string): Promise<void> {
  const address = new URL("../../documents/", new URL(workspace.router.address("volume"), location.origin));
  const token = document.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "";
  await htmx.ajax("post", address.pathname, {
    target: "#job-tray",
    swap: "afterbegin",
    values: { format, place: "tray", csrfmiddlewaretoken: token },
  });
}
