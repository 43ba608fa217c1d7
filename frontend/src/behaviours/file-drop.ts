import { around, on } from "../dom";

/** Bytes as a person reads them; `language` decides the decimal mark. */
export function readableSize(bytes: number, language: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)));
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[power] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** power);
}

/** The native input covers the area, so dropping and the keyboard work without script; here the name appears. */
export function startFileDrop(): void {
  on("change", ".drop input[type=file]", (element) => {
    const input = element as HTMLInputElement;
    const area = input.closest(".drop");
    const file = input.files?.[0];
    area?.classList.toggle("has-file", Boolean(file));
    const name = area?.querySelector("[data-file-name]");
    if (name && file) name.textContent = `${file.name} · ${readableSize(file.size, document.documentElement.lang)}`;
    const form = input.closest<HTMLFormElement>("form[data-submit-on-file]");
    if (file && form) form.requestSubmit();
  });
  for (const [type, over] of [["dragenter", true], ["dragleave", false], ["drop", false]] as const) {
    document.addEventListener(type, (event) => around(event, ".drop")?.classList.toggle("is-over", over));
  }
}
