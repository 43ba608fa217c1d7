/** After which revision a row counts as changed: since the page was opened, a day began, or a version was saved. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { ask } from "../../dialogs";
import { day, today } from "../../moments";
import type { BoqTexts } from "./texts";

export interface Since {
  readonly revision: number;
  /** What it is, to be read behind "changed since". */
  readonly label: string;
}

interface Version {
  readonly name: string;
  readonly at: string;
  readonly revision: number;
}

type Kind = "opened" | "day" | "version";

/** The last revision before a day began, 0 if the project is younger. Throws Problem and Unreachable. */
export async function revisionBefore(workspace: Workspace, date: string): Promise<number> {
  const asked = new URLSearchParams({ to: new Date(`${date}T00:00:00`).toISOString(), limit: "1" });
  const page = await workspace.api.get<{ results: readonly { revision: number }[] }>(`changes/?${asked}`);
  return page.results[0]?.revision ?? 0;
}

/** Null when the person leaves it; the reason is told when the server cannot say. */
export async function askSince(workspace: Workspace, texts: BoqTexts, opened: number): Promise<Since | null> {
  try {
    const { results } = await workspace.api.get<{ results: readonly Version[] }>("versions/");
    const form = new SinceForm(texts, workspace.language, results);
    const choice = { value: true, label: texts.since.act, primary: true };
    const answer = ask<boolean>(texts.since.title, form.element, [choice]);
    form.draw();
    if (!(await answer)) return null;
    if (form.kind === "opened") return { revision: opened, label: texts.since.opened };
    if (form.kind === "version" && form.version) return { revision: form.version.revision, label: form.version.name };
    return { revision: await revisionBefore(workspace, form.date), label: day(form.date, workspace.language) };
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
    workspace.toast(error instanceof Problem ? error.body.detail : workspace.texts.offlineIdle, "error");
    return null;
  }
}

class SinceForm {
  readonly element = document.createElement("form");
  kind: Kind = "day";
  date = today();
  version: Version | undefined;

  constructor(
    private readonly texts: BoqTexts,
    private readonly language: Workspace["language"],
    private readonly versions: readonly Version[],
  ) {
    this.element.className = "boq-form";
    [this.version] = versions;
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.element.closest("dialog")?.querySelector<HTMLButtonElement>(".button-primary")?.click();
    });
  }

  draw(): void {
    const { since } = this.texts;
    render(
      html`${this.choice("opened", since.openedLong)}
        ${this.choice(
          "day",
          since.day,
          html`<input
            class="input"
            type="date"
            aria-label=${since.day}
            max=${today()}
            .value=${this.date}
            @input=${(event: Event) => this.pick("day", (event.target as HTMLInputElement).value)}
          />`,
        )}
        ${this.versions.length > 0 ? this.choice("version", since.version, this.list()) : nothing}`,
      this.element,
    );
    const button = this.element.closest("dialog")?.querySelector<HTMLButtonElement>(".button-primary");
    if (button) button.disabled = this.kind === "day" && this.date === "";
  }

  private choice(kind: Kind, words: string, more: unknown = nothing): unknown {
    return html`<div class="cluster">
      <label class="check"
        ><input type="radio" name="since" .checked=${this.kind === kind} @change=${() => this.pick(kind)} />${words}</label
      >${more}
    </div>`;
  }

  private list(): unknown {
    const choose = (event: Event): void => this.pick("version", (event.target as HTMLSelectElement).value);
    return html`<select class="input" aria-label=${this.texts.since.version} @change=${choose}>
      ${this.versions.map(
        (one) => html`<option value=${one.revision} .selected=${one === this.version}>${one.name} · ${day(one.at, this.language)}</option>`,
      )}
    </select>`;
  }

  private pick(kind: Kind, value?: string): void {
    this.kind = kind;
    if (kind === "day" && value !== undefined) this.date = value;
    if (kind === "version" && value !== undefined) {
      this.version = this.versions.find((one) => String(one.revision) === value);
    }
    this.draw();
  }
}
