import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig } from "vitest/config";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** A compressed twin beside each text file: WhiteNoise sends it to browsers that take it. */
const compressed = {
  name: "compressed-twins",
  writeBundle(options: { dir?: string }, bundle: Record<string, unknown>): void {
    for (const file of Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name))) {
      const target = `${options.dir}/${file}`;
      writeFileSync(`${target}.gz`, gzipSync(readFileSync(target), { level: 9 }));
    }
  },
};

// Django serves the result: the template tag {% vite "main" %} reads the manifest.
export default defineConfig({
  base: "./",
  plugins: [compressed],
  build: {
    outDir: path("../src/ahsp/web/static/build"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome123", "firefox128", "safari17.5"],
    // Fonts and pictures stay files: data: addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { main: path("src/main.ts") },
      // htmx holds an eval that allowEval turns off and our content security policy forbids.
      checks: { eval: false },
    },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "happy-dom" },
});
