/** Rows of the bill in the one search (Ctrl+K), found among those that are here. */

import type { OwnSearch } from "../behaviours/search";
import type { Workspace } from "./context";
import type { NumberingRule } from "./numbering";
import { matchingWords, numbersOf } from "./outline";

const MOST = 6;
const FIELDS = ["code", "description", "name"];

export function ownSearch(workspace: Workspace): OwnSearch {
  const { store, router } = workspace;
  return {
    find(words) {
      const matches = words.length > 1 ? matchingWords(words, FIELDS) : null;
      if (!matches) return [];
      const numbers = numbersOf(store.bill, (store.settings?.numbering ?? "written") as NumberingRule);
      const found = [];
      for (const place of store.bill.order) {
        if (!matches(place)) continue;
        const { key, values } = place.row;
        const name = String(values["description"] ?? values["name"] ?? "");
        found.push({ code: key, shown: numbers.get(key) ?? "", name, unit: String(values["unit"] ?? "") });
        if (found.length === MOST) break;
      }
      return found;
    },
    open: (key) => router.go("boq", { row: key }),
    go: (href) => {
      const place = router.inside(href);
      if (place) router.go(place.step, place.params);
      return place !== null;
    },
  };
}
