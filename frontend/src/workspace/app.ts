/** The workspace of a project: one page that needs no reload. */

import { html, render } from "lit-html";

import { offerOwnSearch } from "../behaviours/search";
import { toast } from "../behaviours/toasts";
import { Api, Problem } from "./api";
import { fetchBill } from "./bill-loading";
import { decideConflicts } from "./conflicts";
import { startCompany } from "./company";
import { startConnection } from "./connection";
import type { Workspace } from "./context";
import { ask } from "./dialogs";
import { History } from "./history";
import { Inspector } from "./inspector";
import { Live } from "./live";
import { startLock } from "./lock";
import { Outbox } from "./outbox";
import { ownSearch } from "./own-search";
import { Queue } from "./queue";
import { startRail } from "./rail";
import { Router } from "./router";
import { startShortcuts } from "./shortcuts";
import { loadStep } from "./steps/registry";
import { Store } from "./store";
import { Sync } from "./sync";
import { languageOf, shellTexts, type ShellTexts, speak } from "./texts";
import { startTotals } from "./totals";

const LOCKED = "project.locked";
const FONT_PATIENCE = 2_000;
const TOKEN = 'input[name="csrfmiddlewaretoken"]';

/** Refuses storage where the browser does; the page works without. */
function sessionStore(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

const tokenIn = (place: ParentNode): string => place.querySelector<HTMLInputElement>(TOKEN)?.value ?? "";

/** After signing in again the page's token is old: the same page has one that counts. */
async function renewToken(): Promise<void> {
  const response = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const own = document.querySelector<HTMLInputElement>(TOKEN);
  if (own && tokenIn(page)) own.value = tokenIn(page);
}

async function confirmUse(problem: Problem, texts: ShellTexts): Promise<boolean> {
  const affected = problem.body["affected"];
  const names = Array.isArray(affected) ? affected.map(String) : [];
  const list = names.length > 0 ? html`<ul class="work-affected">${names.map((name) => html`<li>${name}</li>`)}</ul>` : "";
  const choices = [
    { value: false, label: texts.cancel },
    { value: true, label: texts.proceed, danger: true },
  ];
  const title = problem.conflicts.length > 0 ? texts.forceTitle : texts.confirmTitle;
  return (await ask(title, html`<p>${problem.body.detail}</p>${list}`, choices)) === true;
}

function part<T extends HTMLElement>(name: string): T {
  const found = document.querySelector<T>(`[data-part="${name}"]`);
  if (!found) throw new Error(`the page has no part "${name}"`);
  return found;
}

function makeWorkspace(root: HTMLElement): Workspace {
  const { code = "", api: address = "", home = "", person = "", first = "boq" } = root.dataset;
  const language = languageOf(document);
  const texts = speak(shellTexts, language);
  const storage = sessionStore();
  const store = new Store();
  const api = new Api(address, () => tokenIn(document));
  const history = new History(storage, `ahsp:history:${person}:${code}`);
  const outbox = new Outbox(storage, `ahsp:queue:${person}:${code}`);
  let queue: Queue | null = null;
  const readBill = async (): Promise<void> => store.setBill(await fetchBill(api));
  const sync = new Sync({
    store,
    fetch: (since) => api.sync(since),
    busy: () => queue?.state.phase === "saving",
    reload: readBill,
  });
  const made = new Queue({
    store,
    outbox,
    history,
    post: (body) => api.command(body),
    confirm: (problem) => confirmUse(problem, texts),
    refused: (problem) => {
      toast(texts.refused(problem.body.detail), "error");
      // What may be done here is no longer what the page believes.
      if (problem.status === 403 || problem.code === LOCKED) void api.head().then((head) => store.setHead(head), () => undefined);
    },
    behind: () => void sync.pull(),
    renewToken,
    isOnline: () => navigator.onLine,
  });
  queue = made;
  made.topics.on("state", () => {
    if (made.state.phase === "idle") sync.settle();
  });
  let bill: Promise<void> | null = null;
  const router = new Router(home, first);
  const live = new Live({
    root: address,
    step: () => router.place.step,
    tell: (place) => api.post("presence/", place),
  });
  return {
    code,
    language,
    texts,
    api,
    store,
    queue: made,
    sync,
    history,
    live,
    router,
    inspector: new Inspector(root, part("inspector")),
    toast,
    // Until the head is here the page itself says whether there is a right to write.
    may: (right) =>
      !(right === "write" && store.settings?.locked) &&
      (store.rights?.includes(right) ?? (right === "write" && "mayWrite" in root.dataset)),
    loadBill: () => {
      bill ??= readBill().catch((error: unknown) => {
        bill = null;
        throw error;
      });
      return bill;
    },
    perform: (command, values, options) => made.send(command, values, options),
  };
}

function showFailure(host: HTMLElement, title: string, text: string, reload: string): void {
  render(
    html`<div class="empty">
      <h1>${title}</h1>
      <p>${text}</p>
      <div class="button-group">
        <button type="button" class="button button-primary" @click=${() => location.reload()}>${reload}</button>
      </div>
    </div>`,
    host,
  );
}

function mainHeading(title: string): HTMLElement {
  const heading = document.createElement("h1");
  heading.className = "sr-only";
  heading.textContent = title;
  return heading;
}

/** Text in a substitute font breaks its lines elsewhere and moves when the page's own comes; a late one is not waited
 * for. */
function fontIsHere(): Promise<unknown> {
  return Promise.race([document.fonts.ready, new Promise((late) => setTimeout(late, FONT_PATIENCE))]);
}

/** Steps take turns in the same place; whoever comes later than the next one is not shown any more. */
function startSteps(workspace: Workspace): void {
  const { router, texts } = workspace;
  const place = part("step");
  let leave: (() => void) | null = null;
  let shown = "";
  const show = async (): Promise<void> => {
    const { step: id } = router.place;
    if (id === shown) return;
    shown = id;
    leave?.();
    leave = null;
    workspace.store.select([]);
    const [step] = await Promise.all([loadStep(id).catch(() => null), fontIsHere()]);
    if (shown !== id) return;
    const host = document.createElement("div");
    host.className = "work-step";
    host.dataset["shows"] = id;
    place.replaceChildren(host);
    if (!step) return showFailure(host, texts.notReady, texts.notReadyText, texts.reload);
    document.title = document.title.replace(/^[^·]*/, `${step.title[workspace.language]} `);
    workspace.inspector.beside(step);
    leave = step.mount(host, workspace);
    // A grid has no room for the name that the rail shows; whoever does not see the rail hears it all the same.
    if (!host.querySelector("h1")) host.prepend(mainHeading(step.title[workspace.language]));
  };
  router.on(() => void show());
  void show();
}

async function startHead(workspace: Workspace): Promise<void> {
  const { api, store, texts } = workspace;
  try {
    store.setHead(await api.head());
  } catch (error) {
    const why = error instanceof Problem ? error.body.detail : texts.offlineIdle;
    toast(`${texts.couldNotLoad}: ${why}`, "error");
  }
}

export function startWorkspace(root: HTMLElement): Workspace {
  const workspace = makeWorkspace(root);
  workspace.router.start();
  workspace.inspector.start(workspace);
  startRail(workspace);
  startTotals(part("totals"), workspace);
  startLock(part("lock"), workspace);
  startConnection(part("connection"), workspace);
  startCompany(part("company"), workspace);
  startShortcuts(workspace);
  offerOwnSearch(ownSearch(workspace));
  document.addEventListener("click", (event) => {
    const first = workspace.queue.aside[0];
    if (first && event.target instanceof Element && event.target.closest("[data-conflicts]")) {
      void decideConflicts(workspace, first);
    }
  });
  void startHead(workspace);
  // Nearly every step shows it: it is asked for while the step's own files are on their way.
  void workspace.loadBill().catch(() => undefined);
  startSteps(workspace);
  workspace.queue.wake();
  return workspace;
}
