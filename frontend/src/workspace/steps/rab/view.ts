/** What the views of the step share. */

import { html, nothing } from "lit-html";

import type { Workspace } from "../../context";
import type { FigureSource } from "../../figure-source";
import { formatMoney } from "../../numbers";
import type { Language } from "../../texts";
import type { RabTexts } from "./texts";

export interface View {
  /** Draws into the host again; called once after making. */
  draw(): void;
  destroy(): void;
}

export interface ViewParts {
  readonly host: HTMLElement;
  readonly workspace: Workspace;
  readonly texts: RabTexts;
}

/** A sum with the sign of a lower bound. */
export function sum(value: string | null | undefined, lower: boolean, language: Language): unknown {
  const text = formatMoney(value, language);
  return lower && value ? html`<span class="bound">≥</span>&nbsp;${text}` : text;
}

/** Until the first figures are here, and when they cannot be had. */
export function waiting(source: FigureSource<unknown>, texts: RabTexts): unknown {
  if (source.failure === null) return html`<p class="meta work-waiting" role="status">${texts.loading}</p>`;
  return html`<div class="alert alert-error"><div><p>${texts.notLoaded}</p><p>${source.failure || texts.offline}</p></div></div>`;
}

/** A notice above figures that are no longer the newest. */
export function stale(source: FigureSource<unknown>, texts: RabTexts): unknown {
  return source.failure === null ? nothing : html`<p class="meta work-stale" role="status">${source.failure || texts.offline}</p>`;
}

export const csvAddress = (workspace: Workspace, table: string): string => `/p/${workspace.code}/tables/${table}.csv`;

/** A bar from 0 to 1 beside a figure that says the same. */
export function bar(ratio: number, className = "bar"): unknown {
  const value = String(Math.round(Math.min(1, Math.max(0, ratio)) * 1000));
  return html`<progress class=${className} max="1000" value=${value} aria-hidden="true"></progress>`;
}
