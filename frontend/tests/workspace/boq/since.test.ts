import { afterEach, expect, it, vi } from "vitest";

import { Unreachable } from "../../../src/workspace/api";
import type { Workspace } from "../../../src/workspace/context";
import { today } from "../../../src/workspace/moments";
import { askSince, revisionBefore } from "../../../src/workspace/steps/boq/since";
import { boqTexts } from "../../../src/workspace/steps/boq/texts";
import { shellTexts } from "../../../src/workspace/texts";

const VERSIONS = [
  { name: "Untuk rapat", at: "2026-03-05T07:00:00Z", revision: 10 },
  { name: "Tender", at: "2026-03-01T07:00:00Z", revision: 4 },
];

const asked: string[] = [];

function workspaceOf(answers: Record<string, unknown>): Workspace {
  const get = (path: string): Promise<unknown> => {
    asked.push(path);
    const known = Object.keys(answers).find((start) => path.startsWith(start));
    return known ? Promise.resolve({ results: answers[known] }) : Promise.reject(new Unreachable());
  };
  return { api: { get }, language: "id", texts: shellTexts.id, toast: vi.fn() } as unknown as Workspace;
}

const open = async (workspace: Workspace): Promise<{ dialog: HTMLDialogElement; answer: ReturnType<typeof askSince> }> => {
  const answer = askSince(workspace, boqTexts.id, 7);
  await vi.waitFor(() => expect(document.querySelector("dialog")).not.toBeNull());
  return { dialog: document.querySelector("dialog")!, answer };
};

const press = (dialog: HTMLElement): void => dialog.querySelector<HTMLButtonElement>(".button-primary")!.click();

afterEach(() => {
  asked.length = 0;
  document.body.replaceChildren();
});

it("is the revision before a day began, of whoever's clock", async () => {
  const workspace = workspaceOf({ changes: [{ revision: 12 }] });
  expect(await revisionBefore(workspace, "2026-03-05")).toBe(12);
  const { searchParams } = new URL(asked[0]!, "http://localhost/");
  expect(new Date(searchParams.get("to")!)).toEqual(new Date(2026, 2, 5));
  expect(await revisionBefore(workspaceOf({ changes: [] }), "2026-03-05")).toBe(0);
});

it("is today at first, a version, or when the page was opened", async () => {
  const workspace = workspaceOf({ versions: VERSIONS, changes: [{ revision: 3 }] });
  const first = await open(workspace);
  expect(first.dialog.querySelector<HTMLInputElement>("[type=date]")!.value).toBe(today());
  press(first.dialog);
  expect((await first.answer)?.revision).toBe(3);

  const second = await open(workspace);
  const list = second.dialog.querySelector("select")!;
  list.value = "4";
  list.dispatchEvent(new Event("change"));
  press(second.dialog);
  expect(await second.answer).toEqual({ revision: 4, label: "Tender" });

  const third = await open(workspace);
  third.dialog.querySelector<HTMLInputElement>("[type=radio]")!.dispatchEvent(new Event("change"));
  press(third.dialog);
  expect(await third.answer).toEqual({ revision: 7, label: "saya membuka" });
});

it("asks for a day that is one, and for no version where there is none", async () => {
  const { dialog, answer } = await open(workspaceOf({ versions: [] }));
  expect(dialog.querySelector("select")).toBeNull();
  const date = dialog.querySelector<HTMLInputElement>("[type=date]")!;
  date.value = "";
  date.dispatchEvent(new Event("input"));
  expect(dialog.querySelector<HTMLButtonElement>(".button-primary")!.disabled).toBe(true);
  dialog.close();
  expect(await answer).toBeNull();
});

it("tells that the server cannot be asked", async () => {
  const workspace = workspaceOf({});
  expect(await askSince(workspace, boqTexts.id, 7)).toBeNull();
  expect(workspace.toast).toHaveBeenCalledWith(shellTexts.id.offlineIdle, "error");
});
