import { fileURLToPath } from "node:url";
import { defineConfig, normalizePath, type Plugin } from "vite";
import { PAGE_POLICY } from "../scripts/lib/policy.mjs";

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const isUnder = (folder: string, id: string): boolean => id.startsWith(normalizePath(here(folder)));

/** Puts the policy into each built page. While one develops, Vite itself needs what it forbids. */
const policy: Plugin = {
  name: "policy",
  apply: "build",
  transformIndexHtml: (html) =>
    html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}" />`),
};

/** Lets the engine come with the page's code instead of after it. Where documents embed the page it waits until it is seen. */
const preloaded: Plugin = {
  name: "preloaded",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle, path }) =>
      Object.keys(bundle ?? {})
        .filter((name) => name.endsWith(".wasm") && path === "/index.html")
        .map((name) => ({
          tag: "link",
          attrs: { rel: "preload", as: "fetch", type: "application/wasm", crossorigin: "", href: `./${name}` },
          injectTo: "head",
        })),
  },
};

/** Takes the indentation out of templates and styles, which no minifier dares to do. Elsewhere it means nothing. */
const unindented: Plugin = {
  name: "unindented",
  apply: "build",
  enforce: "pre",
  transform: (code, id) =>
    isUnder("src/elements/", id) ? { code: code.replace(/\n\s+/g, "\n"), map: null } : undefined,
};

const shared = {
  name: "shared",
  tags: ["$initial"],
  minShareCount: 2,
  // The worker takes no actions.
  test: (id: string): boolean =>
    (isUnder("src/model/", id) && !isUnder("src/model/actions.ts", id)) || isUnder("../pkg/", id),
};

/** What is read when somebody chooses an example: one file, not fifty. */
const examples = { name: "examples", test: (id: string): boolean => id.endsWith(".json?raw") };

export default defineConfig({
  // Relative, so that the built page works from any sub-path.
  base: "./",
  plugins: [policy, preloaded, unindented],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    // Browsers that can run the engine know `modulepreload` themselves, but for a few old ones, which then load one file after
    // the other.
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: {
      // The worker is an entry too, so that it shares chunks with the page: what both compute with, in one file, because two
      // files come out larger. Nothing that draws belongs in it.
      input: [here("index.html"), here("embed.html"), here("src/worker.ts")],
      output: { codeSplitting: { groups: [shared, examples] } },
    },
  },
  // The package is our own, linked from pkg/: served as it is, and beside this folder.
  optimizeDeps: { exclude: ["eventbridge-sim"] },
  server: { fs: { allow: [".."] } },
});
