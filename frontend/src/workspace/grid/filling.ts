import { areaOf, type Area, type Point, type Span } from "./selection";
import type { State } from "./state";
import type { View } from "./view";

/** Pixels from the corner of the marked area that take hold of it. */
const REACH = 9;

/** What a drag from `area` to `to` covers: down or to the right, whichever goes further, and never less than it. */
export function filledArea(area: Area, to: Point): Area {
  const [down, right] = [to.row - area.bottom, to.column - area.right];
  if (down <= 0 && right <= 0) return area;
  return down >= right ? { ...area, bottom: to.row } : { ...area, right: to.column };
}

/** The small square at the corner of what is marked, drawn down or to the right: what is marked is repeated there. */
export class FillDrag<Row> {
  #stop: (() => void) | null = null;

  constructor(
    private readonly state: State<Row>,
    private readonly view: View<Row>,
    /** The cell at a place in the window. */
    private readonly cellAt: (x: number, y: number) => Point | null,
    private readonly changed: () => void,
    private readonly fill: (source: Area, target: Area) => void,
  ) {
    view.table.addEventListener("pointermove", (event) => {
      if (event.buttons === 0) view.table.classList.toggle("is-at-corner", this.#holds(event));
    });
  }

  /** True when the press took the square. */
  start(event: PointerEvent): boolean {
    const [span] = this.state.spans;
    if (event.button !== 0 || !span || !this.#holds(event)) return false;
    event.preventDefault();
    this.#follow(event, span, areaOf(span));
    return true;
  }

  /** Esc while dragging: what was marked before is marked again. True when there was a drag to end. */
  cancel(): boolean {
    const dragging = this.#stop !== null;
    this.#stop?.();
    return dragging;
  }

  #holds(event: PointerEvent): boolean {
    const corner = event.target instanceof Element ? event.target.closest(".grid-cell.is-corner") : null;
    if (!corner || event.pointerType === "touch") return false;
    const box = corner.getBoundingClientRect();
    return event.clientX >= box.right - REACH && event.clientY >= box.bottom - REACH;
  }

  #follow(event: PointerEvent, before: Span, source: Area): void {
    const { table } = this.view;
    let target = source;
    const mark = (span: Span): void => {
      this.state.spans = [span];
      this.changed();
    };
    const follow = (moved: PointerEvent): void => {
      this.#scrollNear(moved.clientY);
      const to = this.cellAt(moved.clientX, moved.clientY);
      if (!to) return;
      target = filledArea(source, to);
      mark(ends(target));
    };
    const drop = (): void => {
      const reached = target;
      this.#end();
      if (reached !== source) this.fill(source, reached);
    };
    table.setPointerCapture(event.pointerId);
    table.addEventListener("pointermove", follow);
    table.addEventListener("pointerup", drop);
    table.addEventListener("pointercancel", () => this.cancel(), { once: true });
    this.#stop = () => {
      this.#end();
      mark(before);
    };
    this.#end = () => {
      table.removeEventListener("pointermove", follow);
      table.removeEventListener("pointerup", drop);
      this.#stop = null;
    };
  }

  #end: () => void = () => undefined;

  #scrollNear(y: number): void {
    const box = this.view.table.getBoundingClientRect();
    if (y > box.bottom - this.view.rowHeight) this.view.table.scrollTop += this.view.rowHeight / 2;
  }
}

const ends = (area: Area): Span => ({
  anchor: { row: area.top, column: area.left },
  head: { row: area.bottom, column: area.right },
});
