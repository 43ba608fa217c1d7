/** Above the grid: filters, levels, columns, and what can be done. */

import { html, nothing, render } from "lit-html";

import { NUMBERING_RULES, type NumberingRule } from "../../numbering";
import { formatCount } from "../../numbers";
import type { Language } from "../../texts";
import { STATES, type Filter, type State } from "./filters";
import type { BoqTexts } from "./texts";

export type SetName = "setShort" | "setAnalysis" | "setAll";

export interface ToolbarState {
  readonly filter: Filter;
  readonly counts: Readonly<Record<State, number>>;
  readonly depth: number;
  readonly columns: readonly { readonly id: string; readonly title: string; readonly hidden: boolean }[];
  readonly numbering: NumberingRule;
  readonly mayWrite: boolean;
  /** Rows selected, when more than the one the cursor is in. */
  readonly selected: number;
}

export interface ToolbarActs {
  filter(changes: Partial<Filter>): void;
  /** Ask since when. */
  since(): void;
  levels(levels: number | null): void;
  columns(set: SetName): void;
  column(id: string, hidden: boolean): void;
  resetColumns(): void;
  add(kind: "s" | "i"): void;
  pick(): void;
  replace(): void;
  bulk(): void;
  duplicate(): void;
  remove(): void;
  indent(by: -1 | 1): void;
  numbering(rule: NumberingRule): void;
}

const LEVELS_SHOWN = 5;
const SINCE = "since";

export class Toolbar {
  constructor(
    private readonly host: HTMLElement,
    private readonly texts: BoqTexts,
    private readonly language: Language,
    private readonly acts: ToolbarActs,
  ) {
    host.className = "toolbar boq-toolbar";
  }

  focusFilter(): void {
    this.host.querySelector<HTMLInputElement>("[data-filter]")?.select();
  }

  draw(state: ToolbarState): void {
    const { texts, acts } = this;
    render(
      html`${state.mayWrite ? this.adding() : nothing}
        <input
          class="input boq-filter"
          type="search"
          data-filter
          aria-label=${texts.filterWords}
          placeholder=${texts.filterWords}
          .value=${state.filter.words}
          @input=${(event: Event) => acts.filter({ words: (event.target as HTMLInputElement).value })}
        />
        ${this.states(state)}
        <span class="spacer"></span>
        ${state.selected > 1 && state.mayWrite ? this.selection(state.selected) : this.levels(state.depth)}
        ${this.columns(state)} ${state.mayWrite ? this.more(state) : nothing}`,
      this.host,
    );
  }

  private adding(): unknown {
    const { texts, acts } = this;
    return html`<button
        type="button"
        class="button button-primary"
        title=${`${texts.add} (Ctrl+Enter)`}
        @click=${() => acts.add("i")}
      >
        ${texts.addShort}
      </button>
      <button type="button" class="button hide-phone" title="Ctrl+Shift+Enter" @click=${() => acts.pick()}>
        ${texts.catalog}
      </button>`;
  }

  private states({ filter, counts }: ToolbarState): unknown {
    const { texts, language } = this;
    const named = (state: State): string => (state === "changed" ? texts.since.changed(filter.since.label) : texts[`show-${state}`]);
    const label = (state: State): string => `${named(state)} (${formatCount(counts[state], language)})`;
    const choose = (event: Event): void => {
      const list = event.target as HTMLSelectElement;
      const { value } = list;
      if (value === SINCE) {
        // What is shown stays until there is an answer.
        list.value = filter.state ?? "";
        return this.acts.since();
      }
      this.acts.filter({ state: STATES.find((state) => state === value) ?? null });
    };
    return html`<select
      class="input boq-states"
      aria-label=${texts.show}
      data-active=${filter.state ? "" : nothing}
      @change=${choose}
    >
      <option value="" .selected=${filter.state === null}>${texts.showAll}</option>
      ${STATES.map((state) => html`<option value=${state} .selected=${filter.state === state}>${label(state)}</option>`)}
      <option value=${SINCE} .selected=${false}>${texts.since.changed("…")}</option>
    </select>`;
  }

  private selection(count: number): unknown {
    const { texts, acts, language } = this;
    return html`<span class="meta muted boq-selected">${texts.selected(formatCount(count, language))}</span>
      <button type="button" class="button" @click=${() => acts.bulk()}>${texts.bulk}</button>`;
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

  private levels(depth: number): unknown {
    if (depth === 0) return nothing;
    const { texts, acts } = this;
    const levels = Array.from({ length: Math.min(depth, LEVELS_SHOWN) }, (_, at) => at + 1);
    return html`<div class="segmented hide-phone" role="group" aria-label=${texts.levels}>
      ${levels.map(
        (level) => html`<button
          type="button"
          title=${texts.levelTo(String(level))}
          aria-label=${texts.levelTo(String(level))}
          @click=${() => acts.levels(level)}
        >
          ${level}
        </button>`,
      )}
      <button type="button" @click=${() => acts.levels(null)}>${texts.levelAll}</button>
    </div>`;
  }

  private columns(state: ToolbarState): unknown {
    const { texts, acts } = this;
    return this.menu(
      texts.columns,
      html`${this.item(texts.setShort, () => acts.columns("setShort"))}
        ${this.item(texts.setAnalysis, () => acts.columns("setAnalysis"))}
        ${this.item(texts.setAll, () => acts.columns("setAll"))}
        <hr />
        ${state.columns.map(
          (column) => html`<label class="menu-item check" data-keep-open
            ><input
              type="checkbox"
              .checked=${!column.hidden}
              @change=${(event: Event) => acts.column(column.id, !(event.target as HTMLInputElement).checked)}
            /><span class="grow">${column.title}</span></label
          >`,
        )}
        <hr />
        ${this.item(texts.resetColumns, () => acts.resetColumns())}`,
      "hide-phone",
    );
  }

  private more({ numbering }: ToolbarState): unknown {
    const { texts, acts } = this;
    return this.menu(
      texts.more,
      html`${this.item(texts.addSection, () => acts.add("s"), "Ctrl+B")}
        ${this.item(texts.fromCatalog, () => acts.pick(), "Ctrl+Shift+Enter")}
        <hr />
        ${this.item(texts.replace, () => acts.replace(), "Ctrl+H")} ${this.item(texts.bulk, () => acts.bulk())}
        ${this.item(texts.duplicate, () => acts.duplicate(), "Ctrl+Shift+D")}
        ${this.item(texts.indent, () => acts.indent(1), "Alt+Shift+→")}
        ${this.item(texts.outdent, () => acts.indent(-1), "Alt+Shift+←")}
        <hr />
        <div class="menu-heading">${texts.numbering}</div>
        ${NUMBERING_RULES.map(
          (rule) => html`<button
            type="button"
            class="menu-item"
            aria-current=${rule === numbering ? "true" : nothing}
            @click=${() => acts.numbering(rule)}
          >
            <span class="grow">${texts[`numbering-${rule}`]}</span>
          </button>`,
        )}
        <hr />
        ${this.item(texts.remove, () => acts.remove(), "Ctrl+−")}`,
    );
  }
}
