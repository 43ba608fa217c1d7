import { on } from "../dom";

/** A choice with data-shows="name" shows the example of the same name and hides its siblings. */
export function startExamples(): void {
  on("change", "[data-example-source]", (element) => {
    const source = element as HTMLSelectElement | HTMLInputElement;
    const group = document.querySelector(`[data-examples="${CSS.escape(source.dataset.exampleSource ?? "")}"]`);
    for (const example of group?.querySelectorAll<HTMLElement>("[data-example]") ?? []) {
      example.hidden = example.dataset.example !== source.value;
    }
  });
}
