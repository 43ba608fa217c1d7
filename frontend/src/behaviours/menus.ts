import { around } from "../dom";

const ITEMS = "a.menu-item, button.menu-item";

/** Menus are <details>: they open without this; here they also close and answer the arrow keys. */
export function startMenus(): void {
  document.addEventListener("click", (event) => {
    const inside = around<HTMLDetailsElement>(event, "details.menu");
    const chosen = around(event, ITEMS);
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (menu !== inside || (chosen && !chosen.hasAttribute("data-keep-open"))) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = around<HTMLDetailsElement>(event, "details.menu");
    if (!menu) return;
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
      event.stopPropagation();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      menu.open = true;
      step(menu, event.key === "ArrowDown" ? 1 : -1);
    }
  });
  document.addEventListener("focusin", (event) => {
    const inside = around<HTMLDetailsElement>(event, "details.menu");
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (menu !== inside) menu.open = false;
    }
  });
}

function step(menu: HTMLElement, by: number): void {
  const items = [...menu.querySelectorAll<HTMLElement>(ITEMS)];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items.at((at + by + (at < 0 && by < 0 ? 1 : 0)) % items.length)?.focus();
}
