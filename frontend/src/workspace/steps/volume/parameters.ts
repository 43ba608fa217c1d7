/** The parameters of the project in a grid: names for dimensions that recur. */

import { createGrid, type CellEdit, type Column, type Grid } from "../../grid";
import type { Workspace } from "../../context";
import { formatCount, formatNumber } from "../../numbers";
import { redo, undo } from "../../shortcuts";
import type { Key } from "../../wire";
import { newKey, type ParameterField, type ParameterRow, type ParameterTexts, type VolumeCommands } from "./commands";
import type { Parameter, VolumeData } from "./data";
import { Marks, type Fault } from "./marks";
import type { VolumeTexts } from "./texts";
import { formulaEditor, offerNames } from "./typing";

interface Row {
  readonly key: Key;
  /** Null for one that the server does not have yet. */
  readonly parameter: Parameter | null;
}

const FIELDS: readonly ParameterField[] = ["name", "formula", "unit", "note"];
const isField = (column: string): column is ParameterField => FIELDS.some((field) => field === column);
const MOST_DECIMALS = 6;

export class Parameters {
  private readonly grid: Grid<Row>;
  private readonly marks: Marks<Row>;
  private readonly stops: (() => void)[] = [];
  private rows: Row[] = [];
  /** The one that is being typed: it is sent once it has a name and a formula. */
  private draft: { key: Key; values: ParameterTexts; sent: boolean } = this.blank();

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
    private readonly commands: VolumeCommands,
    private readonly data: VolumeData,
    private readonly texts: VolumeTexts,
  ) {
    this.grid = createGrid<Row>(host, {
      columns: this.columns(),
      rows: [],
      keyOf: (row) => row.key,
      label: texts.parameters,
      language: workspace.language,
      remember: "volume-parameters",
      readOnly: !workspace.may("write"),
      toneOf: (row) => (row.parameter ? "" : "is-draft"),
      isFixed: (row) => row.parameter === null,
      empty: texts.noParameters,
      onEdit: (edits) => this.edit(edits),
      onInsert: () => this.grid.select(this.draft.key, "name"),
      onRemove: (keys) => this.remove(keys),
      onUndo: () => void undo(workspace),
      onRedo: () => void redo(workspace),
      onRefuse: (message) => workspace.toast(message, "error"),
    });
    this.marks = new Marks(this.grid, workspace.store);
    this.stops.push(
      data.topics.on("parameters", () => this.show()),
      workspace.store.on("cells", () => this.mark()),
      workspace.store.on("head", () => {
        this.grid.setReadOnly(!workspace.may("write"));
        this.show();
      }),
      offerNames(host, (place) => this.rows[place]?.parameter?.name ?? null),
    );
    this.show();
  }

  private blank() {
    return { key: newKey("p"), values: {}, sent: false };
  }

  private typed({ key, parameter }: Row, field: ParameterField): string {
    const pending = this.workspace.store.cells.get(key, field)?.typed;
    return pending ?? parameter?.[field] ?? this.draft.values[field] ?? "";
  }

  private columns(): Column<Row>[] {
    const { texts } = this;
    const { language } = this.workspace;
    const text = (field: ParameterField) => (row: Row) => this.typed(row, field);
    const isBlank = ({ parameter }: Row): boolean => !parameter && Object.keys(this.draft.values).length === 0;
    const uses = ({ parameter }: Row): string =>
      parameter && parameter.use_count > 0 ? formatCount(parameter.use_count, language) : "";
    return [
      {
        id: "name",
        title: texts.name,
        kind: "text",
        width: 104,
        grow: true,
        text: (row) => (isBlank(row) ? texts.newParameter : this.typed(row, "name")),
        typed: text("name"),
        hint: ({ parameter }) => parameter?.note ?? "",
      },
      {
        id: "formula",
        title: texts.formula,
        kind: "code",
        width: 76,
        text: text("formula"),
        hint: text("formula"),
        editor: formulaEditor,
      },
      {
        id: "value",
        title: texts.value,
        kind: "number",
        width: 56,
        readOnly: true,
        text: ({ parameter }) =>
          parameter?.value == null ? "" : formatNumber(parameter.value, language, 0, MOST_DECIMALS),
      },
      { id: "unit", title: texts.unit, kind: "unit", width: 42, text: text("unit") },
      {
        id: "uses",
        title: texts.uses,
        kind: "number",
        width: 58,
        readOnly: true,
        text: uses,
        hint: ({ parameter }) => parameter?.uses.map(({ label }) => label).join("; ") ?? "",
      },
    ];
  }

  private show(): void {
    const rows: Row[] = this.data.parameters.map((parameter) => ({ key: parameter.key, parameter }));
    if (this.workspace.may("write")) rows.push({ key: this.draft.key, parameter: null });
    this.rows = rows;
    this.grid.setRows(rows);
    this.mark();
  }

  private mark(): void {
    const faults = this.rows.flatMap(({ key, parameter }): Fault[] => {
      const [issue] = parameter?.issues ?? [];
      return issue ? [{ key, column: "formula", text: issue.text }] : [];
    });
    this.marks.draw(new Set(this.rows.map(({ key }) => key)), faults);
    this.grid.refresh();
  }

  private edit(edits: readonly CellEdit[]): void {
    const rows = new Map<Key, ParameterRow>();
    const drafted: Partial<Record<ParameterField, string>> = {};
    for (const { key, column, text } of edits) {
      const row = this.grid.row(key);
      if (!row || !isField(column)) continue;
      if (row.parameter) {
        const values = { ...rows.get(key)?.values, [column]: text.trim() };
        rows.set(key, { key, version: row.parameter.version, values });
      } else drafted[column] = text.trim();
    }
    const changed = [...rows.values()];
    const named = changed.map(({ key }) => this.grid.row(key)?.parameter?.name ?? "").join(", ");
    if (changed.length > 0) void this.commands.setParameters(changed, this.texts.acts.parameter(named));
    if (Object.keys(drafted).length > 0) this.type(drafted);
  }

  private type(values: ParameterTexts): void {
    this.draft.values = { ...this.draft.values, ...values };
    this.show();
    const { key, values: all } = this.draft;
    if (all.name && all.formula) void this.add(key, all);
  }

  private async add(key: Key, values: ParameterTexts): Promise<void> {
    const answer = await this.commands.addParameter(key, values, this.texts.acts.addParameter(values.name ?? ""));
    // Refused: it stays as it was typed, to be mended.
    if (!answer) return;
    this.draft = this.blank();
    this.show();
  }

  private remove(keys: readonly Key[]): void {
    const there = keys.filter((key) => this.grid.row(key)?.parameter);
    const count = formatCount(there.length, this.workspace.language);
    if (there.length > 0) void this.commands.removeParameters(there, this.texts.acts.removeParameters(count));
  }

  leave(): void {
    this.grid.commit();
    this.stops.forEach((stop) => stop());
    this.grid.destroy();
  }
}
