/** The filters of the log: they stand in the address, so that Back and a link lead to the same list. */

import { html, nothing } from "lit-html";

import { FAMILIES, type Family } from "../../log/acts";
import type { Person } from "../../log/wire";
import type { ActivityTexts } from "./texts";

export const NAMES = ["person", "what", "from", "to", "q", "key"] as const;
export type Filters = Partial<Record<(typeof NAMES)[number], string>>;

export function readFilters(params: Readonly<Record<string, string>>): Filters {
  return Object.fromEntries(NAMES.flatMap((name) => (params[name] ? [[name, params[name]]] : [])));
}

/** As the API takes them. */
export function query(filters: Filters): string {
  const { what, ...same } = filters;
  const asked = new URLSearchParams(same);
  if (what && what in FAMILIES) asked.set("act", FAMILIES[what as Family]);
  return asked.toString();
}

export interface FilterParts {
  readonly texts: ActivityTexts;
  readonly people: readonly Person[];
  readonly filters: Filters;
  readonly rowTitle: string;
  readonly set: (change: Filters) => void;
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

/** The row that is asked about and the way back to everything; on a phone the button that unfolds the filters. */
export function chosenFilters(
  { texts, filters, rowTitle, set }: FilterParts,
  phone: { readonly isOpen: boolean; readonly unfold: () => void },
): unknown {
  const count = Object.keys(filters).length;
  return html`${filters.key
      ? html`<button type="button" class="chip log-of-row" @click=${() => set({ key: "" })}><span class="truncate">${texts.ofRow(rowTitle || texts.chosenRow)}</span> ✕</button>`
      : nothing}
    ${count > 0 ? clearing({ texts, set }) : nothing}
    <button type="button" class="button log-unfold" aria-expanded=${phone.isOpen ? "true" : "false"} @click=${phone.unfold}>
      ${texts.filters}${count > 0 ? html` <span class="tag tag-accent">${count}</span>` : nothing}
    </button>`;
}

/** Stands in the line above the filters, on a phone below them. */
function clearing({ texts, set }: Pick<FilterParts, "texts" | "set">): unknown {
  const nothingChosen = Object.fromEntries(NAMES.map((name) => [name, ""]));
  return html`<button type="button" class="button button-quiet log-clear" @click=${() => set(nothingChosen)}>${texts.clear}</button>`;
}

/** One line of filters; none of them is as wide as what stands in it, so nothing moves when the names come. */
export function filterBar({ texts, people, filters, set }: FilterParts, isOpen: boolean): unknown {
  const option = (value: string, name: string, chosen: string | undefined): unknown =>
    html`<option value=${value} ?selected=${value === (chosen ?? "")}>${name}</option>`;
  const day = (name: "from" | "to"): unknown =>
    html`<label class="log-day"><span class="meta">${texts[name]}</span>
      <input class="input" type="date" .value=${filters[name] ?? ""} @change=${(event: Event) => set({ [name]: valueOf(event) })} /></label>`;
  return html`<div class="log-filters" data-open=${isOpen}>
    <select class="input" aria-label=${texts.who} @change=${(event: Event) => set({ person: valueOf(event) })}>
      ${option("", texts.everybody, filters.person)}${people.map((one) => option(String(one.id), one.name, filters.person))}
    </select>
    <select class="input" aria-label=${texts.what} @change=${(event: Event) => set({ what: valueOf(event) })}>
      ${option("", texts.everything, filters.what)}
      ${(Object.keys(FAMILIES) as Family[]).map((name) => option(name, texts.families[name], filters.what))}
    </select>
    ${day("from")} ${day("to")}
    <input
      class="input"
      type="search"
      placeholder=${texts.search}
      aria-label=${texts.search}
      .value=${filters.q ?? ""}
      @change=${(event: Event) => set({ q: valueOf(event).trim() })}
    />
    ${Object.keys(filters).length > 0 ? clearing({ texts, set }) : nothing}
  </div>`;
}
