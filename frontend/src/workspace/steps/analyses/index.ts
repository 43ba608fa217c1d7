/** Analyses: those of the edition that are used, modified and own ones, line by line against their reference. */

import type { Step } from "../../context";
import { addKeyHelp } from "../../shortcuts";
import { AnalysesBoard } from "./board";
import { analysesTexts } from "./texts";

export const step: Step = {
  id: "analyses",
  title: { id: analysesTexts.id.title, en: analysesTexts.en.title },
  mount(host, workspace) {
    const { keys } = analysesTexts[workspace.language];
    const forget = addKeyHelp([
      { keys: ["Ctrl", "Enter"], text: keys.insert },
      { keys: ["Ctrl", "−"], text: keys.remove },
      { keys: ["Ctrl", "C / V"], text: keys.copy },
      { keys: ["Alt", "PgDn"], text: keys.next },
    ]);
    const board = new AnalysesBoard(host, workspace);
    return () => {
      forget();
      board.leave();
    };
  },
};
