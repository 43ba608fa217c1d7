/** Versions: saved, compared with the effect in money, approved and locked, brought back. */

import "../../../styles/workspace/versions.css";

import { html, nothing, render } from "lit-html";

import { Problem } from "../../api";
import type { Step, Workspace } from "../../context";
import { type LogTexts, logTexts } from "../../log/texts";
import { Question } from "../../question";
import { speak } from "../../texts";
import { waiting } from "../../waiting";
import type { Values } from "../../wire";
import { comparison, type ComparisonParts, comparisonTools } from "./comparison";
import { askName, askReason, confirmApproval, confirmDanger } from "./dialogs";
import { versionList } from "./list";
import { type VersionTexts, versionTexts } from "./texts";
import type { ComparedRow, Comparison, Version } from "./wire";

/** Lines that are drawn at a time. */
const PART = 200;

class VersionsStep {
  private readonly texts: VersionTexts;
  private readonly words: LogTexts;
  private readonly toolbar = document.createElement("div");
  private readonly body = document.createElement("div");
  private versions: readonly Version[] | null = null;
  private found: Comparison | null = null;
  private rows: readonly ComparedRow[] = [];
  /** How many of the lines are drawn. */
  private drawn = PART;
  private asked = "";
  private readonly question: Question;
  /** Draws further lines when their end comes into sight. */
  private readonly end = new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting)) void this.more();
  }, { rootMargin: "600px" });
  private readonly stops: (() => void)[];

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(versionTexts, workspace.language);
    this.words = speak(logTexts, workspace.language);
    this.toolbar.className = "toolbar versions-toolbar";
    this.body.className = "work-scroll";
    host.append(this.toolbar, this.body);
    this.question = new Question((signal) => this.read(signal), () => this.draw());
    this.stops = [
      workspace.router.on(() => this.follow()),
      workspace.store.on("answer", () => this.question.soon()),
      workspace.live.onChange(() => this.question.soon()),
      workspace.store.on(["head", "settings"], () => this.draw()),
    ];
    this.draw();
    void this.question.ask();
  }

  destroy(): void {
    this.question.stop();
    this.end.disconnect();
    this.stops.forEach((stop) => stop());
  }

  /** The sides of the comparison in the address, none while the list is shown. */
  private get sides(): { a: string; b: string; everything: boolean } | null {
    const { a, b, all } = this.workspace.router.place.params;
    return a ? { a, b: b || "now", everything: Boolean(all) } : null;
  }

  private follow(): void {
    if (this.workspace.router.place.step === "versions") void this.question.ask();
  }

  private async read(signal: AbortSignal): Promise<void> {
    this.versions = (await this.workspace.api.get<{ results: readonly Version[] }>("versions/", signal)).results;
    await this.compare(signal);
  }

  private address(part: number): string {
    const { a, b, everything } = this.sides!;
    return `versions/compare/?${new URLSearchParams({ a, b, everything: String(everything), part: String(part) })}`;
  }

  private async compare(signal: AbortSignal): Promise<void> {
    const asked = this.sides ? this.address(0) : "";
    if (asked !== this.asked) {
      this.found = null;
      this.drawn = PART;
    }
    this.asked = asked;
    if (!asked) return;
    this.draw();
    this.found = await this.workspace.api.get<Comparison>(asked, signal);
    this.rows = this.found.rows;
  }

  /** Further lines: those that are here, then those of the next part. */
  private async more(): Promise<void> {
    const { found } = this;
    if (!found || this.drawn >= found.row_count) return;
    this.drawn += PART;
    try {
      if (this.drawn > this.rows.length && found.part + 1 < found.parts) {
        const part = await this.workspace.api.get<Comparison>(this.address(found.part + 1));
        if (this.found !== found) return;
        this.found = { ...found, part: part.part };
        this.rows = [...this.rows, ...part.rows];
      }
    } catch (error) {
      this.drawn -= PART;
      this.workspace.toast(error instanceof Problem ? error.body.detail : this.words.offline, "error");
    }
    this.draw();
  }

  /** Another pair of versions: a new place, to which Back returns. */
  private choose(change: Readonly<Record<string, string>>): void {
    const { router } = this.workspace;
    const wanted = Object.entries({ ...router.place.params, ...change }).filter(([, value]) => value);
    router.go("versions", Object.fromEntries(wanted));
  }

  private draw(): void {
    const sides = this.sides;
    const parts: ComparisonParts | null = sides && {
      ...sides,
      workspace: this.workspace,
      texts: this.texts,
      versions: this.versions ?? [],
      found: this.found,
      rows: this.rows.slice(0, this.drawn),
      choose: (change) => this.choose(change),
      more: () => void this.more(),
    };
    render(parts ? html`<h1 class="sr-only">${this.texts.compareTitle}</h1>${comparisonTools(parts)}` : this.tools(), this.toolbar);
    render(this.content(parts), this.body);
    const end = this.body.querySelector(".comparison-more");
    this.end.disconnect();
    if (end) this.end.observe(end);
  }

  private tools(): unknown {
    const { texts, workspace } = this;
    const locked = workspace.store.settings?.locked === true;
    return html`<h1>${texts.title}</h1>
      <span class="spacer"></span>
      ${locked && workspace.may("own") ? html`<button type="button" class="button" @click=${() => void this.unlock()}>${texts.unlock}</button>` : nothing}
      ${workspace.may("comment") ? html`<button type="button" class="button button-primary" @click=${() => void this.save()}>${texts.save}</button>` : nothing}`;
  }

  private content(parts: ComparisonParts | null): unknown {
    const { texts, words, workspace, versions } = this;
    if (parts ? this.found === null : versions === null) return waiting(this.question, texts.notLoaded, words);
    if (parts) return comparison(parts);
    return versionList(workspace, texts, versions ?? [], {
      save: () => void this.save(),
      restore: (one) => void this.restore(one),
      approve: (one) => void this.approve(one),
      rename: (one) => void this.rename(one),
      remove: (one) => void this.remove(one),
    });
  }

  private async perform(command: string, values: Values, done: string): Promise<void> {
    const answer = await this.workspace.perform(command, values, { label: done });
    if (answer) this.workspace.toast(done, "success");
    await this.question.ask();
  }

  private async save(): Promise<void> {
    const { texts } = this;
    const named = await askName(texts, texts.saveTitle, texts.saveText, texts.save);
    if (named) await this.perform("versions.save", { ...named }, texts.saved(named.name));
  }

  private async rename(version: Version): Promise<void> {
    const { texts } = this;
    const named = await askName(texts, texts.renameTitle, "", texts.rename, version);
    if (named) await this.perform("versions.rename", { id: version.id, name: named.name, note: named.note }, texts.saved(named.name));
  }

  private async restore(version: Version): Promise<void> {
    const { texts } = this;
    if (!(await confirmDanger(texts, texts.restoreTitle(version.name), texts.restoreText, texts.restore))) return;
    await this.perform("versions.restore", { id: version.id }, texts.restored(version.name));
  }

  private async approve(version: Version): Promise<void> {
    const { texts } = this;
    if (!(await confirmApproval(this.workspace, texts, version))) return;
    await this.perform("versions.approve", { id: version.id }, texts.approvedNow(version.name));
  }

  private async remove(version: Version): Promise<void> {
    const { texts } = this;
    if (!(await confirmDanger(texts, texts.removeTitle(version.name), texts.removeText, texts.remove))) return;
    await this.perform("versions.remove", { id: version.id }, texts.removed(version.name));
  }

  private async unlock(): Promise<void> {
    const { texts } = this;
    const reason = await askReason(texts);
    if (reason) await this.perform("versions.unlock", { reason }, texts.unlocked);
  }
}

export const step: Step = {
  id: "versions",
  title: { id: versionTexts.id.title, en: versionTexts.en.title },
  mount(host, workspace) {
    const shown = new VersionsStep(host, workspace);
    return () => shown.destroy();
  },
};
