import { on } from "../dom";

const YEAR = 31_536_000;

/** A button with data-theme-choice sets the theme; the cookie lets the server write it into the next page. */
export function startTheme(): void {
  on("click", "[data-theme-choice]", (button) => {
    const theme = button.dataset.themeChoice ?? "auto";
    document.documentElement.dataset.theme = theme;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    for (const other of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
  });
}
