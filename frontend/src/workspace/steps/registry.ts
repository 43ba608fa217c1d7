/** The steps of the work, each fetched when it is first opened: a folder here with an index.ts is a step. */

import type { Panel, Step } from "../context";

const stepModules = import.meta.glob<{ step: Step }>("./*/index.ts");
const panelModules = import.meta.glob<{ panel: Panel }>("../panels/*/index.ts");

/** Null for a step that does not exist. Throws what the browser says when its file cannot be fetched. */
export async function loadStep(id: string): Promise<Step | null> {
  const load = stepModules[`./${id}/index.ts`];
  return load ? (await load()).step : null;
}

export async function loadPanels(): Promise<Panel[]> {
  const modules = await Promise.all(Object.values(panelModules).map((load) => load()));
  return modules.map((module) => module.panel).sort((a, b) => a.order - b.order);
}
