/** People: who may do what in this project, and giving somebody another role in it. */

import "../../../styles/workspace/members.css";

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";

import { others } from "../../company";
import type { Step, Workspace } from "../../context";
import { avatar } from "../../log/rows";
import { type LogTexts, logTexts } from "../../log/texts";
import { Question } from "../../question";
import { speak } from "../../texts";
import { waiting } from "../../waiting";
import { type MemberTexts, memberTexts } from "./texts";

type Role = keyof LogTexts["roles"];
type Right = keyof MemberTexts["rights"];

interface Member {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly initials: string;
  readonly organization_role: Role;
  readonly given: Role | null;
  readonly role: Role;
  readonly rights: readonly Right[];
  readonly is_you: boolean;
}

interface Members {
  readonly organization: { readonly id: number; readonly name: string };
  readonly results: readonly Member[];
}

const RIGHTS: readonly Right[] = ["write", "comment", "approve", "own"];

class MembersStep {
  private readonly texts: MemberTexts;
  private readonly words: LogTexts;
  private readonly toolbar = document.createElement("div");
  private readonly body = document.createElement("div");
  private members: Members | null = null;
  private readonly question: Question;
  private readonly stops: (() => void)[];

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(memberTexts, workspace.language);
    this.words = speak(logTexts, workspace.language);
    this.toolbar.className = "toolbar";
    this.body.className = "work-scroll";
    host.append(this.toolbar, this.body);
    render(html`<h1>${this.texts.title}</h1>`, this.toolbar);
    this.question = new Question(async (signal) => {
      this.members = await workspace.api.get<Members>("members/", signal);
    }, () => this.draw());
    this.stops = [
      workspace.live.onChange(({ act }) => {
        if (act.startsWith("members.")) void this.question.ask();
      }),
      workspace.live.onAccess(() => void this.question.ask()),
      workspace.live.onPresence(() => this.draw()),
      workspace.store.on("head", () => this.draw()),
    ];
    this.draw();
    void this.question.ask();
  }

  destroy(): void {
    this.question.stop();
    this.stops.forEach((stop) => stop());
  }

  private async give(member: Member, role: string): Promise<void> {
    const { workspace, texts, words } = this;
    const command = role === "" ? "members.remove" : "members.set";
    const values = role === "" ? { person: member.id } : { person: member.id, role };
    const answer = await workspace.perform(command, values, { label: texts.here });
    const counts = (role || member.organization_role) as Role;
    if (answer) workspace.toast(texts.changed(member.name, words.roles[counts]), "success");
    await this.question.ask();
  }

  private draw(): void {
    const { members, question, texts, words } = this;
    render(members ? this.content(members) : waiting(question, texts.notLoaded, words), this.body);
  }

  private content({ organization, results }: Members): unknown {
    const { texts } = this;
    const owns = this.workspace.may("own");
    const manage = html`<a href="/account/organizations/${organization.id}/">${texts.manage}</a>`;
    return html`<div class="members">
      <p class="muted">${texts.lede(organization.name)} ${owns ? nothing : texts.onlyOwners}</p>
      <table class="table table-list members-table">
        <thead>
          <tr>
            <th scope="col">${texts.name}</th>
            <th scope="col" class="c-organization">${texts.organization}</th>
            <th scope="col" class="c-here">${texts.here}</th>
            <th scope="col" class="c-may">${texts.may}</th>
          </tr>
        </thead>
        <tbody>${results.map((one) => this.row(one, owns))}</tbody>
      </table>
      ${results.length === 1 && owns ? html`<p>${texts.alone} ${manage}</p>` : html`<p class="meta">${texts.ownerStays} ${manage}</p>`}
    </div>`;
  }

  private row(member: Member, owns: boolean): unknown {
    const { texts, words } = this;
    const here = others(this.workspace).some((one) => one.person === member.id) || member.is_you;
    const rights = RIGHTS.filter((right) => member.rights.includes(right)).map((right) => texts.rights[right]);
    return html`<tr>
      <th scope="row">
        <div class="member-name">
          <span class="member-face" data-here=${here} title=${here ? texts.isHere : nothing}>${avatar(member)}</span>
          <div>
            ${member.name}${member.is_you ? html` <span class="tag">${texts.you}</span>` : nothing}
            ${here ? html`<span class="sr-only">${texts.isHere}</span>` : nothing}
            ${member.email === member.name ? nothing : html`<div class="meta">${member.email}</div>`}
          </div>
        </div>
      </th>
      <td data-label=${texts.organization}>${words.roles[member.organization_role]}</td>
      <td data-label=${texts.here}>${owns && member.organization_role !== "owner" ? this.choice(member) : words.roles[member.role]}</td>
      <td data-label=${texts.may} class="muted">${[texts.reads, ...rights].join(", ")}</td>
    </tr>`;
  }

  private choice(member: Member): unknown {
    const { texts, words } = this;
    const roles = Object.keys(words.roles) as Role[];
    const chosen = member.given ?? "";
    return html`<select
      class="input"
      aria-label="${texts.here}: ${member.name}"
      .value=${live(chosen)}
      @change=${(event: Event) => void this.give(member, (event.target as HTMLSelectElement).value)}
    >
      <option value="" ?selected=${chosen === ""}>${texts.same(words.roles[member.organization_role])}</option>
      ${roles.map((role) => html`<option value=${role} ?selected=${chosen === role}>${words.roles[role]}</option>`)}
    </select>`;
  }
}

export const step: Step = {
  id: "members",
  title: { id: memberTexts.id.title, en: memberTexts.en.title },
  mount(host, workspace) {
    const shown = new MembersStep(host, workspace);
    return () => shown.destroy();
  },
};
