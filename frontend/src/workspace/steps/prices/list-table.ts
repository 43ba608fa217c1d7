/** The rows of a price list with what each becomes; a factor that is missing is asked for where it is missing. */

import { html, nothing } from "lit-html";

import { formatCount, formatNumber } from "../../numbers";
import type { Language } from "../../texts";
import { COLUMN_FIELDS, type ColumnField, type ListedRow, type PasteResult, toneOf, WRITTEN } from "./list-wire";
import type { PasteTexts } from "./paste-texts";
import type { Resource } from "./rows";

const SHOWN = 300;

export interface TableParts {
  readonly texts: PasteTexts;
  readonly language: Language;
  readonly rows: readonly (readonly string[])[];
  readonly result: PasteResult;
  readonly columns: readonly string[];
  /** The server has put the columns in order itself. */
  readonly fixedColumns: boolean;
  readonly onlyOpen: boolean;
  readonly without: ReadonlySet<number>;
  factor(resource: Resource, from: string): string;
  setFactor(resource: Resource, from: string, factor: string): void;
  take(number: number, on: boolean): void;
  choose(at: number, field: ColumnField | ""): void;
}

export function listTable(parts: TableParts): unknown {
  const { texts, result, language } = parts;
  const rows = parts.onlyOpen ? result.rows.filter(([, what]) => !WRITTEN.has(what)) : result.rows;
  return html`${parts.fixedColumns ? nothing : columnChoices(parts)}
    <div class="table-scroll price-list-rows" tabindex="0">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${texts.row}</th>
            <th scope="col">${texts.take}</th>
            <th scope="col">${texts.fields.resource}</th>
            <th scope="col" class="numeric">${texts.listed} <span class="muted">Rp</span></th>
            <th scope="col" class="numeric">${texts.now} <span class="muted">Rp</span></th>
            <th scope="col">${texts.becomes}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, SHOWN).map((row) => listRow(parts, row))}
        </tbody>
      </table>
    </div>
    ${rows.length > SHOWN ? html`<p class="muted meta">${texts.more(formatCount(rows.length - SHOWN, language))}</p>` : nothing}`;
}

/** What each column holds, under its title or the first text that stands in it. */
function columnChoices(parts: TableParts): unknown {
  const { texts, columns, rows, result } = parts;
  const sample = rows[Math.max(0, result.header - 1)] ?? [];
  return html`<fieldset class="price-columns">
    <legend class="meta muted">${texts.columnsTitle}</legend>
    ${columns.map(
      (field, at) => html`<label class="field"
        ><span class="truncate" title=${sample[at] ?? ""}>${sample[at] || `${texts.column} ${at + 1}`}</span>
        <select
          class="input"
          @change=${(event: Event) => parts.choose(at, (event.target as HTMLSelectElement).value as ColumnField | "")}
        >
          <option value="" .selected=${field === ""}>${texts.ignore}</option>
          ${COLUMN_FIELDS.map((one) => html`<option value=${one} .selected=${one === field}>${texts.fields[one]}</option>`)}
        </select></label
      >`,
    )}
  </fieldset>`;
}

function listRow(parts: TableParts, row: ListedRow): unknown {
  const { texts, language, without } = parts;
  const [number, what, name, unit, typed, price, per, , now, nowPer] = row;
  const out = without.has(number);
  // Of rows that contradict each other one can be left out.
  const open = WRITTEN.has(what) || what === "contradicts";
  const figures = (value: string | null, of: string): unknown =>
    value === null ? nothing : html`${formatNumber(value, language)} <span class="muted">/ ${of}</span>`;
  return html`<tr class=${out ? "is-left-out" : ""}>
    <td class="numeric muted">${number}</td>
    <td>
      <input
        type="checkbox"
        aria-label=${`${texts.take} ${name}`}
        .checked=${open && !out}
        ?disabled=${!open && !out}
        @change=${(event: Event) => parts.take(number, (event.target as HTMLInputElement).checked)}
      />
    </td>
    <th scope="row">${name}</th>
    <td class="numeric">${price === null ? html`${typed} <span class="muted">/ ${unit}</span>` : figures(price, per || unit)}</td>
    <td class="numeric">${figures(now, nowPer)}</td>
    <td>${out ? nothing : becomes(parts, row)}</td>
  </tr>`;
}

function becomes(parts: TableParts, [, what, , , , , per, resource, , , why]: ListedRow): unknown {
  const { texts } = parts;
  const word = html`<span class=${`tag ${toneOf(what)}`}>${texts.what[what]}</span>`;
  if (what !== "needs_conversion" || !resource) return why ? html`${word} <span class="meta">${why}</span>` : word;
  return html`${word}
    <label class="price-equation"
      ><span>1 ${per} =</span
      ><input
        class="input input-numeric"
        inputmode="decimal"
        autocomplete="off"
        .value=${parts.factor(resource, per)}
        @input=${(event: Event) => parts.setFactor(resource, per, (event.target as HTMLInputElement).value)}
      /><span>${resource.unit}</span></label
    >`;
}
