import { defineConfig } from "vite";

export default defineConfig({
  // Relative, so that the built page works from any sub-path.
  base: "./",
  build: { outDir: "dist", emptyOutDir: true, manifest: true, target: "es2022" },
  // The package is our own, linked from pkg/: served as it is, and beside this folder.
  optimizeDeps: { exclude: ["eventbridge-sim"] },
  server: { fs: { allow: [".."] } },
});
