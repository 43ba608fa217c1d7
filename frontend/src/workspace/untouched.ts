/** The value of a field that is left alone while somebody types in it: what is half typed is theirs. */

import { noChange } from "lit-html";
import { directive, Directive, type ElementPart, type PartInfo, PartType, type PropertyPart } from "lit-html/directive.js";

class Untouched extends Directive {
  /** What stood in the field when nobody had typed since. */
  private last: string | null = null;

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.PROPERTY) throw new Error("untouched() stands in a property such as .value");
  }

  override render(value: string): string {
    return value;
  }

  override update(part: PropertyPart | ElementPart, [value]: [string]): unknown {
    const field = part.element as HTMLInputElement;
    const typing = field === field.ownerDocument.activeElement && field.value !== this.last;
    if (typing && field.value !== value) return noChange;
    this.last = value;
    if (field.value !== value) field.value = value;
    return noChange;
  }
}

export const untouched = directive(Untouched);
