/** Questions of the step: the head of an analysis, and lines of the sorts that the grid does not begin by typing. */

import { html } from "lit-html";

import type { HeadTexts, NewLine } from "./commands";
import { newKey } from "./commands";
import { askForm, choiceField, textField } from "./form";
import type { AnalysesTexts } from "./texts";
import { KINDS, type Analysis, type Kind, type LineKind } from "./wire";

/** Code, name, unit and note of an analysis; what differs from `before`, null when the person leaves it. */
export async function askHead(texts: AnalysesTexts, title: string, before: HeadTexts | null): Promise<HeadTexts | null> {
  let values: HeadTexts = before ?? { code: "", name: "", unit: "" };
  const change = (changes: HeadTexts): void => {
    values = { ...values, ...changes };
    form.changed();
  };
  const { fields } = texts;
  const form = await askForm(
    title,
    [{ value: true, label: before ? texts.save : texts.create, primary: true }],
    () => html`${textField(fields.code, values.code ?? "", (code) => change({ code }), before ? {} : { hint: texts.codeHint })}
      ${textField(fields.name, values.name ?? "", (name) => change({ name }))}
      ${textField(fields.unit, values.unit ?? "", (unit) => change({ unit }))}
      ${textField(fields.note, values.note ?? "", (note) => change({ note }))}`,
    () => Boolean(values.name?.trim()) && (before === null || Boolean(values.code?.trim())),
  );
  if (!(await form.answer)) return null;
  const typed = Object.entries(values).map(([name, text]) => [name, text.trim()] as const);
  const old: HeadTexts = before ?? {};
  const differing = typed.filter(([name, text]) => text !== (old[name as keyof HeadTexts] ?? ""));
  return differing.length > 0 ? Object.fromEntries(differing) : null;
}

type Asked = Exclude<LineKind, "resource">;

interface Typed {
  group: Kind;
  name: string;
  coefficient: string;
  percent: string;
  price: string;
  nested: string;
  readonly of: Set<string>;
}

/** A percentage, lump sum, nested analysis or note. */
export async function askLine(texts: AnalysesTexts, sort: Asked, analysis: Analysis): Promise<NewLine | null> {
  const typed: Typed = { group: "equipment", name: "", coefficient: "1", percent: "", price: "", nested: "", of: new Set() };
  const change = (act: () => void): void => {
    act();
    form.changed();
  };
  const form = await askForm(
    texts.addDialogs[sort],
    [{ value: true, label: texts.create, primary: true }],
    () => fieldsOf(texts, sort, analysis, typed, change),
    () => Boolean(sort === "nested" ? typed.nested.trim() : typed.name.trim()),
  );
  return (await form.answer) ? lineOf(sort, typed) : null;
}

function fieldsOf(
  texts: AnalysesTexts,
  sort: Asked,
  analysis: Analysis,
  typed: Typed,
  change: (act: () => void) => void,
): unknown {
  const numeric = { numeric: true };
  const name = (): unknown => textField(texts.fields.name, typed.name, (text) => change(() => (typed.name = text)));
  const group = (): unknown =>
    choiceField(
      texts.group,
      typed.group,
      KINDS.map((kind) => [kind, texts.kinds[kind]] as const),
      (kind) => change(() => (typed.group = kind)),
    );
  const coefficient = (): unknown =>
    textField(texts.coefficient, typed.coefficient, (text) => change(() => (typed.coefficient = text)), numeric);
  switch (sort) {
    case "information":
      return name();
    case "nested":
      return html`${textField(texts.nestedCode, typed.nested, (text) => change(() => (typed.nested = text)))} ${coefficient()}`;
    case "lump_sum":
      return html`${group()} ${name()} ${coefficient()}
        ${textField(texts.fields.price, typed.price, (text) => change(() => (typed.price = text)), numeric)}`;
    default:
      return html`${group()} ${name()}
        ${textField(texts.fields.percent, typed.percent, (text) => change(() => (typed.percent = text)), numeric)}
        ${basis(texts, analysis, typed, change)}`;
  }
}

function basis(texts: AnalysesTexts, analysis: Analysis, typed: Typed, change: (act: () => void) => void): unknown {
  const lines = analysis.lines.filter((line) => line.key !== null && line.line_kind !== "information");
  const toggle = (key: string): void => change(() => (typed.of.has(key) ? typed.of.delete(key) : typed.of.add(key)));
  return html`<fieldset class="field">
    <legend>${texts.ofWhich}</legend>
    <div class="analysis-basis">
      ${lines.map(
        ({ key, name, nested_code: code }) =>
          html`<label class="check"
            ><input type="checkbox" .checked=${typed.of.has(key ?? "")} @change=${() => toggle(key ?? "")} />${name || code}</label
          >`,
      )}
    </div>
  </fieldset>`;
}

function lineOf(sort: Asked, typed: Typed): NewLine {
  const line = { key: newKey(), line_kind: sort };
  if (sort === "information") return { ...line, name: typed.name };
  if (sort === "nested") return { ...line, nested_code: typed.nested.trim(), coefficient: typed.coefficient };
  const named = { ...line, group_kind: typed.group, name: typed.name };
  if (sort === "lump_sum") return { ...named, coefficient: typed.coefficient, price: typed.price };
  return { ...named, percent: typed.percent, of: [...typed.of] };
}
