"""What is asked inside the page: when it is usable, how long its frames are, when totals stand there.

Times are those of the page's own clock, in milliseconds. A moment counts when the frame that shows it is begun.
"""

from __future__ import annotations

# From the beginning of the navigation: rows, the cursor among them, the totals. Kept in window.benchUsable.
USABLE = """(() => {
  const usable = () => {
    const grid = document.activeElement?.closest("[role=treegrid]");
    return grid && grid.querySelector(".grid-cell.is-active")
      && grid.querySelector(".grid-body .grid-row:not([hidden])")
      && document.querySelector("[data-total]")?.textContent.trim();
  };
  const look = () => {
    if (usable()) window.benchUsable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""

# Every frame moves by ten rows, down and, at the end, up again; the lengths of the frames.
SCROLL = """async frames => {
  const table = document.querySelector("[role=treegrid]");
  const next = () => new Promise(requestAnimationFrame);
  const lengths = [];
  let [before, step] = [await next(), 300];
  for (let frame = 0; frame < frames; frame += 1) {
    const from = table.scrollTop;
    table.scrollTop = from + step;
    if (table.scrollTop === from) step = -step;
    const now = await next();
    lengths.push(now - before);
    before = now;
  }
  table.scrollTop = 0;
  return lengths;
}"""

# From Enter to the total below, and to that and the cost in the row of the price. Kept in window.benchPrice.
PRICE = """name => {
  const row = () => [...document.querySelectorAll(".price-grid .grid-body .grid-row:not([hidden])")]
    .find((one) => one.querySelector("[data-column='1']")?.textContent.trim() === name);
  const total = () => document.querySelector("[data-total]").textContent;
  const cost = () => row()?.querySelector("[data-column='11']")?.textContent ?? "";
  const old = { total: total(), cost: cost() };
  window.benchPrice = new Promise((resolve) => {
    const begin = (event) => {
      if (event.key !== "Enter") return;
      removeEventListener("keydown", begin, true);
      const [start, found] = [performance.now(), {}];
      const look = () => {
        if (!found.total && total() !== old.total) found.total = performance.now() - start;
        if (found.total && cost() && cost() !== old.cost) resolve({ ...found, all: performance.now() - start });
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    addEventListener("keydown", begin, true);
  });
}"""

# A block is pasted, and written as soon as the page allows it: until its preview, and until the totals count it.
PASTE = """async text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const count = () => document.querySelector(".sum-count").textContent;
  const total = () => document.querySelector("[data-total]").textContent;
  const button = () => document.querySelector("dialog[open] .work-dialog-actions .button-primary:not(:disabled)");
  const until = async (holds) => { while (!holds()) await new Promise(requestAnimationFrame); };
  const [counted, summed, start] = [count(), total(), performance.now()];
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
  await until(() => button() && document.querySelector("dialog[open] .boq-paste-table .is-item"));
  const preview = performance.now() - start;
  button().click();
  await until(() => count() !== counted && total() !== summed);
  return { preview, all: performance.now() - start };
}"""

SETTLED = """() => document.querySelector("[data-part=connection] [data-phase=idle][data-waiting='0']") !== null"""
