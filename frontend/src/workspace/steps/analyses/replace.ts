/** Putting one resource in the place of another: what it would do is shown before it is done. */

import { html, nothing } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { formatCount, formatMoney } from "../../numbers";
import type { AnalysesCommands, ReplaceArguments, ReplaceEffect } from "./commands";
import { askForm, choiceField, textField } from "./form";
import { ResourceSearch, resourceOption } from "./resource-editor";
import type { AnalysesTexts } from "./texts";
import { KINDS, type Analysis, type KnownResource, type Resource } from "./wire";

const PAUSE = 250;
type Scope = "all" | "analysis" | "items";

const MOST_NAMED = 8;

/** The codes of the first of those that are copied. */
function named({ copies }: ReplaceEffect): string {
  const codes = copies.slice(0, MOST_NAMED).map(({ reference }) => reference);
  return [...codes, ...(copies.length > MOST_NAMED ? ["…"] : [])].join(", ");
}

const isWhole = ({ name, unit }: Resource): boolean => name.trim() !== "" && unit.trim() !== "";

/** The dialog while it stands. */
class ReplaceDialog {
  private scope: Scope = "all";
  private factor = "";
  private to: Resource;
  private effect: ReplaceEffect | null = null;
  /** What stands in the way, in words; "" while it is being asked for. */
  private problem: string | null = null;
  private timer = 0;
  private asked = 0;
  private redraw: () => void = () => undefined;
  private readonly search: ResourceSearch;

  constructor(
    private readonly workspace: Workspace,
    private readonly commands: AnalysesCommands,
    private readonly texts: AnalysesTexts,
    private readonly analysis: Analysis | null,
    private from: Resource,
  ) {
    this.to = { kind: from.kind, name: "", unit: from.unit };
    this.search = new ResourceSearch(workspace, () => this.redraw());
  }

  async ask(): Promise<ReplaceArguments | null> {
    const { texts } = this;
    const choices = [{ value: true, label: texts.doReplace, primary: true }] as const;
    const form = await askForm(texts.replaceTitle, [...choices], () => this.draw(), () => this.effect !== null, true);
    this.redraw = form.changed;
    const done = await form.answer;
    clearTimeout(this.timer);
    this.search.stop();
    return done ? this.wanted : null;
  }

  private get wanted(): ReplaceArguments {
    const { from, to, analysis } = this;
    const named = analysis?.key ?? analysis?.code;
    return {
      old: from,
      new: to,
      ...(this.factor.trim() ? { factor: this.factor.trim() } : {}),
      ...(this.scope === "analysis" && named ? { analyses: [named] } : {}),
      ...(this.scope === "items" && named ? { items_of: named } : {}),
    };
  }

  private change(act: () => void): void {
    act();
    this.effect = null;
    this.problem = null;
    clearTimeout(this.timer);
    if (isWhole(this.from) && isWhole(this.to)) {
      this.problem = "";
      this.timer = window.setTimeout(() => void this.preview(), PAUSE);
    }
    this.redraw();
  }

  private async preview(): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    let effect: ReplaceEffect | null = null;
    let problem: string | null = null;
    try {
      effect = await this.commands.tryReplace(this.wanted);
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      problem = error instanceof Problem ? (error.errors[0]?.detail ?? error.body.detail) : error.message;
    }
    if (mine !== this.asked) return;
    this.effect = effect;
    this.problem = problem;
    this.redraw();
  }

  private draw(): unknown {
    const { texts } = this;
    return html`<div class="replace-pair">
        ${this.side(texts.replaceFrom, this.from, (change) => (this.from = { ...this.from, ...change }))}
        ${this.side(texts.replaceTo, this.to, (change) => (this.to = { ...this.to, ...change }), true)}
      </div>
      <div class="replace-pair">
        ${textField(texts.factor, this.factor, (text) => this.change(() => (this.factor = text)), {
          numeric: true,
          hint: texts.factorHint,
        })}
        ${this.scopeField()}
      </div>
      <div class="replace-effect" role="status">${this.drawEffect()}</div>`;
  }

  private scopeField(): unknown {
    const { texts, analysis } = this;
    const scopes: Scope[] = analysis ? ["all", "analysis", ...(analysis.item_count > 0 ? (["items"] as const) : [])] : ["all"];
    const options = scopes.map((scope) => [scope, texts.scopes[scope]] as const);
    return choiceField(texts.scope, this.scope, options, (scope) => this.change(() => (this.scope = scope)));
  }

  private side(title: string, value: Resource, set: (change: Partial<Resource>) => void, offers = false): unknown {
    const { texts } = this;
    const kinds = KINDS.map((kind) => [kind, texts.kinds[kind]] as const);
    const named = (name: string): void => {
      this.change(() => set({ name }));
      if (offers) this.search.ask(name);
    };
    return html`<fieldset class="replace-side">
      <legend>${title}</legend>
      ${choiceField(texts.group, value.kind, kinds, (kind) => this.change(() => set({ kind })))}
      ${textField(texts.fields.name, value.name, named)}
      ${offers ? this.offers(set) : nothing}
      ${textField(texts.fields.unit, value.unit, (unit) => this.change(() => set({ unit })))}
    </fieldset>`;
  }

  private offers(set: (change: Partial<Resource>) => void): unknown {
    const { texts, workspace } = this;
    const pick = ({ kind, name, unit }: KnownResource): void => {
      this.search.ask("");
      this.change(() => set({ kind, name, unit }));
    };
    if (this.search.found.length === 0) return nothing;
    return html`<div class="boq-found replace-offers" role="listbox" aria-label=${texts.resources}>
      ${this.search.found.map((found, at) =>
        resourceOption(found, { texts, language: workspace.language }, {
          id: `replace-${at}`,
          active: false,
          pick: () => pick(found),
        }),
      )}
    </div>`;
  }

  private drawEffect(): unknown {
    const { texts, effect, problem } = this;
    if (problem) return html`<p class="volume-issue">${problem}</p>`;
    if (!effect) return html`<p class="muted">${problem === "" ? texts.effectLoading : ""}</p>`;
    const count = (value: number): string => formatCount(value, this.workspace.language);
    return html`<ul class="replace-told">
        <li>${texts.effectItems(count(effect.item_count))}</li>
        ${effect.copies.length > 0
          ? html`<li>${texts.effectCopies(count(effect.copies.length))}: ${named(effect)}</li>`
          : nothing}
        ${effect.changed.length > 0 ? html`<li>${texts.effectChanged(count(effect.changed.length))}</li>` : nothing}
      </ul>
      ${effect.totals ? this.drawTotals(effect.totals) : nothing}`;
  }

  private drawTotals({ before, after, effect }: NonNullable<ReplaceEffect["totals"]>): unknown {
    const { texts, workspace } = this;
    const money = (value: string): string => formatMoney(value, workspace.language);
    const signed = effect.startsWith("-") || !/[1-9]/.test(effect) ? money(effect) : `+${money(effect)}`;
    return html`<dl class="facts replace-totals">
      <dt>${texts.before} Rp</dt>
      <dd class="figures">${money(before)}</dd>
      <dt>${texts.after} Rp</dt>
      <dd class="figures">${money(after)}</dd>
      <dt>${texts.difference} Rp</dt>
      <dd class="figures strong">${signed}</dd>
    </dl>`;
  }
}

/** What to replace, or null when the person leaves it. */
export function askReplace(
  workspace: Workspace,
  commands: AnalysesCommands,
  texts: AnalysesTexts,
  analysis: Analysis | null,
  from: Resource | null,
): Promise<ReplaceArguments | null> {
  return new ReplaceDialog(workspace, commands, texts, analysis, from ?? { kind: "material", name: "", unit: "" }).ask();
}
