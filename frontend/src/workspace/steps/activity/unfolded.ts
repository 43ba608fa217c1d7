/** Rows of changes that wrote many: folded behind a count, and shown a part at a time. */

import { html, nothing } from "lit-html";

import type { Api } from "../../api";
import type { LogTexts } from "../../log/texts";
import type { Change, ChangeRows, RowOfChange } from "../../log/wire";
import { formatCount } from "../../numbers";
import type { Language } from "../../texts";

/** A change with more rows than this is told in one sentence. */
const FEW = 3;
const PART = 100;

interface Unfolded {
  readonly rows: readonly RowOfChange[];
  readonly next: string | null;
}

export class UnfoldedRows {
  private readonly found = new Map<number, Unfolded>();

  /** `failed` is told why rows did not come, `changed` that they did. */
  constructor(
    private readonly api: Api,
    private readonly words: LogTexts,
    private readonly language: Language,
    private readonly changed: (failure?: unknown) => void,
  ) {}

  /** Those of a change that are shown; of many folded ones the row `wanted`. */
  of(change: Change, wanted = ""): readonly RowOfChange[] {
    const found = this.found.get(change.revision);
    if (found) return found.rows;
    return change.row_count <= FEW ? change.rows : change.rows.filter((row) => row.key === wanted);
  }

  /** Whether rows stand behind the count. */
  folds(change: Change): boolean {
    return change.row_count > FEW && !this.found.has(change.revision);
  }

  /** What unfolds the rest, and folds it again; nothing for a change with few rows. */
  buttons(change: Change): unknown {
    if (change.row_count <= FEW) return nothing;
    const found = this.found.get(change.revision);
    const count = (n: number): string => formatCount(n, this.language);
    const button = (text: string, act: () => void): unknown =>
      html`<button type="button" class="button button-quiet button-small" @click=${act}>${text}</button>`;
    if (!found) return button(this.words.allRows(count(change.row_count)), () => void this.more(change));
    const left = change.row_count - found.rows.length;
    const next = found.next ? button(this.words.nextRows(count(Math.min(PART, left)), count(left)), () => void this.more(change)) : nothing;
    return html`<div class="button-group">${next}${button(this.words.fold, () => this.fold(change))}</div>`;
  }

  private async more({ revision }: Change): Promise<void> {
    const before = this.found.get(revision);
    try {
      const part = await this.api.get<ChangeRows>(before?.next ?? `changes/${revision}/?limit=${PART}`);
      this.found.set(revision, { rows: [...(before?.rows ?? []), ...part.results], next: part.next });
      this.changed();
    } catch (error) {
      this.changed(error);
    }
  }

  private fold({ revision }: Change): void {
    this.found.delete(revision);
    this.changed();
  }
}
