/** The menu at the cursor, by the right button or the menu key. */

import { html, nothing, render } from "lit-html";

export interface MenuItem {
  readonly text: string;
  readonly keys?: string;
  readonly act: () => void;
}

/** Opens at a place of the window and closes when something is chosen, on Esc, or by a press elsewhere.
    `closed` is told last, for the focus. A null is a line between items. */
export function openMenu(items: readonly (MenuItem | null)[], x: number, y: number, closed: () => void): void {
  const menu = document.createElement("div");
  menu.className = "menu-panel boq-menu";
  menu.role = "menu";
  menu.popover = "auto";
  menu.dataset["gridPopup"] = "";
  const choose = (item: MenuItem): void => {
    menu.hidePopover();
    item.act();
  };
  const entry = (item: MenuItem | null): unknown =>
    item
      ? html`<button type="button" class="menu-item" role="menuitem" @click=${() => choose(item)}>
          <span class="grow">${item.text}</span>${item.keys ? html`<kbd>${item.keys}</kbd>` : nothing}
        </button>`
      : html`<hr />`;
  render(items.map(entry), menu);
  menu.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState !== "closed") return;
    const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (hadFocus) closed();
  });
  menu.addEventListener("keydown", (event) => step(menu, event));
  document.body.append(menu);
  menu.showPopover();
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(4, Math.min(x, window.innerWidth - width - 4))}px`;
  menu.style.top = `${Math.max(4, Math.min(y, window.innerHeight - height - 4))}px`;
  menu.querySelector("button")?.focus();
}

function step(menu: HTMLElement, event: KeyboardEvent): void {
  if (event.key === "Tab") menu.hidePopover();
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const items = [...menu.querySelectorAll<HTMLElement>("button")];
  const at = items.indexOf(document.activeElement as HTMLElement) + (event.key === "ArrowDown" ? 1 : -1);
  items.at(at % items.length)?.focus();
}
