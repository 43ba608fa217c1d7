/** What the inspector is asked about beside rows of the bill: a resource or an analysis, and who takes it. */

import type { Key } from "../../wire";
import { KINDS, resourceQuery, type Analysis, type Kind, type Line, type Resource } from "./wire";

const START = "uses:";

/** The key by which the inspector knows the resource of a line, else the analysis; null for none. */
export function takingKey(analysis: Analysis | null, line: Line | null): Key | null {
  if (line?.line_kind === "resource" && line.group_kind !== "") {
    return `${START}${resourceQuery({ kind: line.group_kind, name: line.name, unit: line.unit })}`;
  }
  if (line?.line_kind === "nested") return `${START}${new URLSearchParams({ analysis: line.nested_code }).toString()}`;
  return analysis ? `${START}${new URLSearchParams({ analysis: analysis.key ?? analysis.code }).toString()}` : null;
}

export const isTaking = (key: Key): boolean => key.startsWith(START);

/** The question to the API. */
export const takingPath = (key: Key): string => `where-used/?${key.slice(START.length)}`;

/** The resource that a key names, null for an analysis. */
export function takenResource(key: Key): Resource | null {
  const params = new URLSearchParams(key.slice(START.length));
  const kind = params.get("kind") as Kind | null;
  if (kind === null || !KINDS.includes(kind)) return null;
  return { kind, name: params.get("name") ?? "", unit: params.get("unit") ?? "" };
}
