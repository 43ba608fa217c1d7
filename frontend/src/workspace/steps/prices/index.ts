/** Prices of the project's resources: missing ones first, where each is from, and what if they were others. */

import "../../../styles/workspace/prices.css";

import type { Step, Workspace } from "../../context";
import { addKeyHelp } from "../../shortcuts";
import { Board } from "./board";
import { priceTexts } from "./texts";

function keyHelp(workspace: Workspace): () => void {
  const { keys } = priceTexts[workspace.language];
  return addKeyHelp([
    { keys: ["Ctrl", "U"], text: keys.purchase },
    { keys: ["F8"], text: keys.missing },
    { keys: ["Del"], text: keys.reset },
    { keys: ["Ctrl", "F"], text: keys.filter },
  ]);
}

export const step: Step = {
  id: "prices",
  title: { id: priceTexts.id.title, en: priceTexts.en.title },
  inspected: true,
  mount(host, workspace) {
    const forget = keyHelp(workspace);
    const board = new Board(host, workspace);
    return () => {
      forget();
      board.leave();
    };
  },
};
