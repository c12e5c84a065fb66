import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { PAGE_POLICY } from "../scripts/lib/policy.mjs";

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Puts the policy into each built page. While one develops, Vite itself needs what it forbids. */
const policy: Plugin = {
  name: "policy",
  apply: "build",
  transformIndexHtml: (html) =>
    html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}" />`),
};

export default defineConfig({
  // Relative, so that the built page works from any sub-path.
  base: "./",
  plugins: [policy],
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
