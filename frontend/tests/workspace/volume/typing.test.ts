import { describe, expect, it } from "vitest";

import { isPlain, wantsValue } from "../../../src/workspace/steps/volume/typing";

describe("a formula that waits for a value", () => {
  it.each(["", "=", "2*", "2 * ", "max(", "max(2; ", "3-", "if(v1>"])("%s does", (text) => expect(wantsValue(text)).toBe(true));
  it.each(["2", "v1", "2*3", "(2)", "pintu "])("%s does not", (text) => expect(wantsValue(text)).toBe(false));
});

describe("plain numbers", () => {
  it.each(["3", "3,5", "-2", " 1.234,56 ", "0,125"])("%s is one", (text) => expect(isPlain(text)).toBe(true));
  it.each(["2*3", "v2", "=3", "", "2 m", "1,5,2", "(2)"])("%s is none", (text) => expect(isPlain(text)).toBe(false));
});
