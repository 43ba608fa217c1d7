import "./styles/index.css";
import { startConfirm } from "./behaviours/confirm";
import { startCopy } from "./behaviours/copy";
import { startExamples } from "./behaviours/examples";
import { startFileDrop } from "./behaviours/file-drop";
import { startInspector } from "./behaviours/inspector";
import { startJobs } from "./behaviours/jobs";
import { startMeasurements } from "./behaviours/measurements";
import { startMenus } from "./behaviours/menus";
import { startOpenLinks } from "./behaviours/open-links";
import { startOrigins } from "./behaviours/origins";
import { startRequests } from "./behaviours/requests";
import { startSearch } from "./behaviours/search";
import { startRowLinks } from "./behaviours/row-links";
import { startTheme } from "./behaviours/theme";
import { startToasts } from "./behaviours/toasts";
import { startTree } from "./behaviours/tree";
import { startTreeKeys } from "./behaviours/tree-keys";

// Each behaviour listens on the document, so parts that arrive later need no wiring.
startMeasurements();
startTheme();
startRequests();
startToasts();
startMenus();
startInspector();
startOpenLinks();
startTree();
startTreeKeys();
startRowLinks();
startSearch();
startConfirm();
startFileDrop();
startCopy();
startOrigins();
startExamples();
startJobs();

// What one page alone needs comes with that page.
const operations = document.querySelector<HTMLElement>("[data-operations]");
if (operations) void import("./islands/operations").then(({ startOperations }) => startOperations(operations));
const workspace = document.querySelector<HTMLElement>("[data-workspace]");
if (workspace) void import("./workspace/app").then(({ startWorkspace }) => startWorkspace(workspace));
