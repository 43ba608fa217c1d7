/** Above the prices: what is missing, filters, and ways to bring prices in. */

import { html, nothing, render } from "lit-html";

import type { ColumnState } from "../../grid";
import { formatCount } from "../../numbers";
import type { Language } from "../../texts";
import { type Filter, isShow, type Order, ORDERS, SHOWS, type Show } from "./filters";
import { type Kind, KINDS } from "./rows";
import type { PriceTexts } from "./texts";

export interface ToolbarState {
  readonly filter: Filter;
  readonly counts: Readonly<Record<Show, number>>;
  readonly columns: readonly ColumnState[];
  readonly mayWrite: boolean;
  readonly supposing: boolean;
  /** Own prices among the rows selected. */
  readonly own: number;
  readonly one: boolean;
}

export interface ToolbarActs {
  filter(changes: Partial<Filter>): void;
  column(id: string, hidden: boolean): void;
  resetColumns(): void;
  pasteList(): void;
  importFile(): void;
  conversions(): void;
  purchase(): void;
  reset(): void;
  whatIf(): void;
}

const PHONE = "(max-width: 720px)";

export class Toolbar {
  constructor(
    private readonly host: HTMLElement,
    private readonly texts: PriceTexts,
    private readonly language: Language,
    private readonly acts: ToolbarActs,
  ) {
    host.className = "toolbar price-toolbar";
  }

  focusFilter(): void {
    this.host.querySelector<HTMLInputElement>("[data-filter]")?.select();
  }

  draw(state: ToolbarState): void {
    const { texts, acts } = this;
    render(
      html`<h1 class="sr-only">${texts.title}</h1>
        <input
          class="input price-filter"
          type="search"
          data-filter
          aria-label=${texts.filterWords}
          placeholder=${texts.filterWords}
          .value=${state.filter.words}
          @input=${(event: Event) => acts.filter({ words: (event.target as HTMLInputElement).value })}
        />
        ${this.kinds(state)} ${this.shows(state)}
        <span class="spacer"></span>
        <button
          type="button"
          class="button"
          aria-pressed=${state.supposing ? "true" : "false"}
          @click=${() => acts.whatIf()}
        >
          ${texts.whatIf}
        </button>
        ${state.mayWrite ? this.lists() : nothing} ${this.more(state)}`,
      this.host,
    );
  }

  private kinds({ filter }: ToolbarState): unknown {
    const { texts, acts } = this;
    // The letters of the analyses, which stand before each row too.
    const choice = (kind: Kind | null, word: string, name: string): unknown => html`<button
      type="button"
      title=${name}
      aria-label=${name}
      aria-pressed=${filter.kind === kind ? "true" : "false"}
      @click=${() => acts.filter({ kind })}
    >
      ${word}
    </button>`;
    const named = (kind: Kind): string => `${texts.letters[kind]} · ${texts.kinds[kind]}`;
    return html`<div class="segmented" role="group" aria-label=${texts.kind}>
      ${choice(null, texts.all, texts.all)} ${KINDS.map((kind) => choice(kind, texts.letters[kind], named(kind)))}
    </div>`;
  }

  private shows({ filter, counts }: ToolbarState): unknown {
    const { texts, language } = this;
    const label = (show: Show): string => `${texts.shows[show]} (${formatCount(counts[show], language)})`;
    const choose = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      this.acts.filter({ show: isShow(value) ? value : null });
    };
    return html`<select
      class="input price-show"
      aria-label=${texts.show}
      data-active=${filter.show ? "" : nothing}
      @change=${choose}
    >
      <option value="" .selected=${filter.show === null}>${texts.all}</option>
      ${SHOWS.map((show) => html`<option value=${show} .selected=${filter.show === show}>${label(show)}</option>`)}
    </select>`;
  }

  private menu(title: string, body: unknown, extra = ""): unknown {
    return html`<details class=${`menu menu-end ${extra}`}>
      <summary class="button" role="button">${title}</summary>
      <div class="menu-panel">${body}</div>
    </details>`;
  }

  private item(text: string, act: () => void, keys = ""): unknown {
    return html`<button type="button" class="menu-item" @click=${act}>
      <span class="grow">${text}</span>${keys ? html`<kbd>${keys}</kbd>` : nothing}
    </button>`;
  }

  private lists(): unknown {
    const { texts, acts } = this;
    return this.menu(
      texts.lists,
      html`${this.item(texts.pasteList, () => acts.pasteList())} ${this.item(texts.importFile, () => acts.importFile())}`,
      "hide-phone",
    );
  }

  private more(state: ToolbarState): unknown {
    const { texts, acts, language } = this;
    const { mayWrite, own, one } = state;
    const reset = own > 1 ? texts.resetMany(formatCount(own, language)) : texts.reset;
    return this.menu(
      texts.more,
      html`${mayWrite && one ? this.item(`${texts.purchaseUnit} …`, () => acts.purchase(), "Ctrl+U") : nothing}
        ${mayWrite && own > 0 ? this.item(reset, () => acts.reset(), "Del") : nothing}
        ${this.item(texts.factors, () => acts.conversions())}
        <hr />
        <div class="menu-heading">${texts.order}</div>
        ${ORDERS.map((order) => this.orderItem(order, state.filter.order))}
        ${matchMedia(PHONE).matches ? nothing : this.columns(state)}`,
    );
  }

  private orderItem(order: Order, chosen: Order): unknown {
    return html`<button
      type="button"
      class="menu-item"
      aria-current=${order === chosen ? "true" : nothing}
      @click=${() => this.acts.filter({ order })}
    >
      <span class="grow">${this.texts.orders[order]}</span>
    </button>`;
  }

  private columns(state: ToolbarState): unknown {
    const { texts, acts } = this;
    return html`<hr />
      <div class="menu-heading">${texts.columns}</div>
      ${state.columns.map(
        (column) => html`<label class="menu-item check" data-keep-open
          ><input
            type="checkbox"
            .checked=${!column.hidden}
            @change=${(event: Event) => acts.column(column.id, !(event.target as HTMLInputElement).checked)}
          /><span class="grow">${column.title}</span></label
        >`,
      )}
      ${this.item(texts.resetColumns, () => acts.resetColumns())}`;
  }
}
