/** Says above every step that the project is locked as an approved version. */

import { html, nothing, render } from "lit-html";

import type { Workspace } from "./context";
import { moment } from "./moments";

export function startLock(host: HTMLElement, workspace: Workspace): void {
  const { store, texts, language, router, api } = workspace;
  let asking = false;
  /** Only the head says as which version. */
  const learn = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    await api.head().then((head) => store.setHead(head), () => undefined);
    asking = false;
  };
  let own = false;
  const draw = (): void => {
    // Until the head is here what the page itself says stands.
    if (!store.settings) return;
    if (!own) host.replaceChildren();
    own = true;
    const locked = store.settings?.locked === true;
    const lock = locked ? store.head?.lock : null;
    if (locked && !lock) void learn();
    const banner = (): unknown => html`<div class="lock-banner" role="note">
      <p>${texts.lockedAs} <strong>${lock?.name}</strong>${lock ? texts.approvedBy(lock.by?.name ?? texts.somebody, moment(lock.at, language)) : nothing}</p>
      <a href=${router.address("versions")}>${texts.showVersions}</a>
    </div>`;
    render(lock ? banner() : nothing, host);
  };
  store.on(["head", "settings"], draw);
  draw();
}
