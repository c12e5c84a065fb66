import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export default defineConfig({
  // Relative, so that the built page works from any sub-path.
  base: "./",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    rolldownOptions: { input: [here("index.html"), here("embed.html")] },
  },
  // The package is our own, linked from pkg/: served as it is, and beside this folder.
  optimizeDeps: { exclude: ["eventbridge-sim"] },
  server: { fs: { allow: [".."] } },
});
