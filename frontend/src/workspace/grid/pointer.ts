import type { Point } from "./selection";
import type { State } from "./state";
import type { View } from "./view";

export interface PointerActs {
  /** Selection changed by the pointer. */
  changed(): void;
  edit(): void;
  /** Take an open editor; false when it stays open. */
  commit(): boolean;
  toggle(place: number): void;
  dragRows(event: PointerEvent): void;
  /** The press took the square that fills; it is not a mark then. */
  dragFill(event: PointerEvent): boolean;
  isEditor(target: Element): boolean;
}

interface Hit {
  readonly point: Point;
  readonly part: "cell" | "head" | "twisty";
}

/** Mouse and touch: marking cells and rows, double click, twisties, widths of columns. */
export class Pointer<Row> {
  #marking: "cells" | "rows" | null = null;
  #scroll = 0;
  #last: PointerEvent | null = null;

  constructor(
    private readonly state: State<Row>,
    private readonly view: View<Row>,
    private readonly acts: PointerActs,
  ) {
    view.table.addEventListener("pointerdown", (event) => this.#down(event));
    view.table.addEventListener("pointermove", (event) => this.#move(event));
    view.table.addEventListener("pointerup", () => this.stop());
    view.table.addEventListener("pointercancel", () => this.stop());
    view.table.addEventListener("dblclick", (event) => this.#double(event));
    view.table.addEventListener("click", (event) => this.#click(event));
  }

  hit(target: EventTarget | null): Hit | null {
    if (!(target instanceof Element)) return null;
    const row = target.closest<HTMLElement>("[data-place]");
    if (!row || !this.view.body.contains(row)) return null;
    const place = Number(row.dataset["place"]);
    const column = target.closest<HTMLElement>("[data-column]");
    if (!column) return { point: { row: place, column: this.state.active.column }, part: "head" };
    const twisty = target.closest(".grid-twisty.is-open, .grid-twisty.is-shut");
    return { point: { row: place, column: Number(column.dataset["column"]) }, part: twisty ? "twisty" : "cell" };
  }

  #down(event: PointerEvent): void {
    if (event.target instanceof Element && this.acts.isEditor(event.target)) return;
    const grip = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-grip]") : null;
    if (grip) {
      this.#resize(event, Number(grip.dataset["grip"]));
      return;
    }
    const hit = this.hit(event.target);
    // A finger that comes down may be about to scroll: it marks when it was a tap.
    if (!hit || event.pointerType === "touch" || !this.acts.commit()) return;
    this.view.table.focus({ preventScroll: true });
    if (event.button === 2) {
      if (!this.state.isMarked(hit.point.row, hit.point.column)) this.#place(hit);
      return;
    }
    if (event.button !== 0 || hit.part === "twisty") return;
    event.preventDefault();
    if (!this.acts.dragFill(event)) this.#begin(event, hit);
  }

  #begin(event: PointerEvent, hit: Hit): void {
    const { row } = hit.point;
    if (hit.part === "head") {
      if (this.state.wholeRows && this.state.isMarked(row, 0) && !event.shiftKey && !event.ctrlKey) {
        this.acts.dragRows(event);
        return;
      }
      this.state.markRows(event.shiftKey ? this.state.active.row : row, row, event.ctrlKey || event.metaKey);
    } else if (event.shiftKey) this.state.extend(hit.point);
    else if (event.ctrlKey || event.metaKey) this.state.add({ anchor: hit.point, head: hit.point }, hit.point);
    else this.state.place(hit.point);
    this.state.tabbedFrom = null;
    this.acts.changed();
    this.#marking = hit.part === "head" ? "rows" : "cells";
  }

  #place(hit: Hit): void {
    if (hit.part === "head") this.state.markRows(hit.point.row, hit.point.row, false);
    else this.state.place(hit.point);
    this.acts.changed();
  }

  #move(event: PointerEvent): void {
    if (!this.#marking) return;
    // Captured only when it moves: a captured press would click on the table instead of the link in a cell.
    if (!this.view.table.hasPointerCapture(event.pointerId)) this.view.table.setPointerCapture(event.pointerId);
    this.#last = event;
    this.#mark(event);
    if (this.#scroll === 0 && this.#beyond(event) !== 0) this.#scroll = requestAnimationFrame(() => this.#autoScroll());
  }

  /** What is at a place in the window, or nearest to it in the grid. */
  near(clientX: number, clientY: number): Hit | null {
    const box = this.view.table.getBoundingClientRect();
    const x = Math.max(box.left + 2, Math.min(box.right - 2, clientX));
    const y = Math.max(box.top + 2, Math.min(box.bottom - 2, clientY));
    return this.hit(document.elementFromPoint(x, y));
  }

  #mark(event: PointerEvent): void {
    const hit = this.near(event.clientX, event.clientY);
    if (!hit) return;
    if (this.#marking === "rows") this.state.markRows(this.state.spans.at(-1)?.anchor.row ?? 0, hit.point.row, false);
    else if (hit.part !== "head") this.state.extend(hit.point);
    this.acts.changed();
  }

  /** How far the pointer is above or below the rows in sight. */
  #beyond(event: PointerEvent): number {
    const box = this.view.table.getBoundingClientRect();
    if (event.clientY < box.top + this.view.rowHeight) return event.clientY - box.top - this.view.rowHeight;
    return Math.max(0, event.clientY - box.bottom);
  }

  #autoScroll(): void {
    this.#scroll = 0;
    if (!this.#marking || !this.#last) return;
    const beyond = this.#beyond(this.#last);
    if (beyond === 0) return;
    this.view.table.scrollTop += Math.sign(beyond) * Math.min(40, 6 + Math.abs(beyond) / 3);
    this.view.draw();
    this.#mark(this.#last);
    this.#scroll = requestAnimationFrame(() => this.#autoScroll());
  }

  stop(): void {
    this.#marking = null;
    this.#last = null;
    cancelAnimationFrame(this.#scroll);
    this.#scroll = 0;
  }

  #click(event: MouseEvent): void {
    const hit = this.hit(event.target);
    if (hit?.part === "twisty") this.acts.toggle(hit.point.row);
    else if (hit && event instanceof PointerEvent && event.pointerType === "touch") this.#tap(event, hit);
  }

  /** A tap marks; a second tap on the same cell edits. */
  #tap(event: PointerEvent, hit: Hit): void {
    if (event.target instanceof Element && this.acts.isEditor(event.target)) return;
    const { active } = this.state;
    const again = active.row === hit.point.row && active.column === hit.point.column && hit.part === "cell";
    if (!this.acts.commit()) return;
    const focused = document.activeElement === this.view.table;
    this.view.table.focus({ preventScroll: true });
    if (again && focused) this.acts.edit();
    else this.#place(hit);
  }

  #double(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const grip = target?.closest<HTMLElement>("[data-grip]");
    if (grip) {
      const place = Number(grip.dataset["grip"]);
      this.#setWidth(place, this.view.contentWidth(place) + 16);
      this.state.columns.save();
      return;
    }
    if (target && !this.acts.isEditor(target) && this.hit(target)?.part === "cell") this.acts.edit();
  }

  #setWidth(place: number, width: number): void {
    const column = this.state.columns.visible[place];
    if (!column) return;
    this.state.columns.resize(column, width);
    this.view.layoutColumns();
  }

  #resize(event: PointerEvent, place: number): void {
    const column = this.state.columns.visible[place];
    const grip = event.target;
    if (!column || !(grip instanceof HTMLElement) || event.button !== 0) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const [start, width] = [event.clientX, this.state.columns.width(column)];
    const follow = (moved: PointerEvent): void => this.#setWidth(place, width + moved.clientX - start);
    grip.addEventListener("pointermove", follow);
    const end = (): void => {
      grip.removeEventListener("pointermove", follow);
      this.state.columns.save();
    };
    grip.addEventListener("pointerup", end, { once: true });
    grip.addEventListener("pointercancel", end, { once: true });
  }
}
