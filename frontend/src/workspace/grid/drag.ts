import type { State } from "./state";
import type { DropPlace } from "./types";
import type { View } from "./view";

/** Where rows dropped at `share` (0 top, 1 bottom) of a row's height go. */
export function dropPlace(share: number, canHold: boolean): DropPlace {
  if (!canHold) return share < 0.5 ? "before" : "after";
  if (share < 0.3) return "before";
  return share > 0.7 ? "after" : "inside";
}

/** Dragging marked rows by their heads. Nothing moves until they are dropped; Esc lets go. */
export class RowDrag<Row> {
  #target: { key: string; place: DropPlace } | null = null;
  #stop: (() => void) | null = null;

  constructor(
    private readonly state: State<Row>,
    private readonly view: View<Row>,
    /** A press that did not become a drag: the row under it is marked alone. */
    private readonly pressed: (event: PointerEvent) => void,
  ) {}

  start(event: PointerEvent): void {
    const { table } = this.view;
    const begun = event.clientY;
    let dragging = false;
    const follow = (moved: PointerEvent): void => {
      dragging ||= Math.abs(moved.clientY - begun) > 4;
      if (dragging) this.#aim(moved);
    };
    const drop = (): void => {
      this.#stop?.();
      if (!dragging) this.pressed(event);
      else if (this.#target) this.#drop(this.#target);
    };
    table.addEventListener("pointermove", follow);
    table.addEventListener("pointerup", drop);
    table.setPointerCapture(event.pointerId);
    this.#stop = () => {
      table.removeEventListener("pointermove", follow);
      table.removeEventListener("pointerup", drop);
      table.classList.remove("is-dragging");
      this.view.dropLine.hidden = true;
      this.#stop = null;
    };
  }

  /** Esc while dragging. True when there was a drag to end. */
  cancel(): boolean {
    const dragging = this.#stop !== null;
    this.#target = null;
    this.#stop?.();
    return dragging;
  }

  #aim(event: PointerEvent): void {
    const { table, body, dropLine, rowHeight } = this.view;
    const y = event.clientY - body.getBoundingClientRect().top;
    const row = Math.floor(y / rowHeight);
    const found = this.state.rows.at(row);
    const key = this.state.rows.key(row);
    this.#scrollNear(event.clientY);
    table.classList.add("is-dragging");
    const { options } = this.state;
    if (found === undefined || key === null || this.state.isMarked(row, 0) || options.isFixed?.(found)) {
      this.#target = null;
      dropLine.hidden = true;
      return;
    }
    const place = dropPlace(y / rowHeight - row, options.canHold?.(found) ?? false);
    this.#target = { key, place };
    dropLine.hidden = false;
    dropLine.className = `grid-drop is-${place}`;
    dropLine.style.transform = `translateY(${(place === "after" ? row + 1 : row) * rowHeight}px)`;
  }

  #scrollNear(y: number): void {
    const box = this.view.table.getBoundingClientRect();
    if (y < box.top + 2 * this.view.rowHeight) this.view.table.scrollTop -= this.view.rowHeight / 2;
    else if (y > box.bottom - this.view.rowHeight) this.view.table.scrollTop += this.view.rowHeight / 2;
  }

  #drop(target: { key: string; place: DropPlace }): void {
    this.#target = null;
    const { options, rows } = this.state;
    const keys = this.state.selection().keys.filter((key) => {
      const row = rows.at(rows.place(key));
      return row !== undefined && !options.isFixed?.(row);
    });
    if (keys.length > 0) options.onMove?.(keys, { target: target.key, place: target.place });
  }
}
