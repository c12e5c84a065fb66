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

/**
 * Lets what the page's code needs come with it instead of after it, the engine too. Where documents embed the page, the engine
 * waits until it is seen.
 */
const preloaded: Plugin = {
  name: "preloaded",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle, chunk, path }) => {
      const engine = Object.keys(bundle ?? {}).filter((name) => name.endsWith(".wasm") && path === "/index.html");
      return [
        ...engine.map((name) => ({ rel: "preload", as: "fetch", type: "application/wasm", href: `./${name}` })),
        ...(chunk?.imports ?? []).map((name) => ({ rel: "modulepreload", href: `./${name}` })),
      ].map((attrs) => ({ tag: "link", attrs: { ...attrs, crossorigin: "" }, injectTo: "head" as const }));
    },
  },
};

/** Takes the indentation, and what styles say to their readers, out of templates, which no minifier dares to do. */
const unindented: Plugin = {
  name: "unindented",
  apply: "build",
  enforce: "pre",
  transform: (code, id) =>
    isUnder("src/elements/", id)
      ? { code: code.replace(/^\s*\/\*.*?\*\/$/gms, "").replace(/\n\s+/g, "\n"), map: null }
      : undefined,
};

/** The worker needs nothing of these, or the page nothing at first. */
const apart = ["actions", "analysis", "draft", "policies"].map((name) => normalizePath(here(`src/model/${name}.ts`)));

/** Vite loads along what a chunk needs. What is loaded later needs nothing but what is there already. */
const plainImports: Plugin = {
  name: "plain-imports",
  apply: "build",
  enforce: "pre",
  load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : undefined),
};

const shared = {
  name: "shared",
  tags: ["$initial"],
  minShareCount: 2,
  test: (id: string): boolean => (isUnder("src/model/", id) || isUnder("../pkg/", id)) && !apart.includes(id),
};

/** What is read when somebody chooses an example: one file, not fifty. */
const examples = { name: "examples", test: (id: string): boolean => id.endsWith(".json?raw") };

export default defineConfig({
  // Relative, so that the built page works from any sub-path.
  base: "./",
  plugins: [policy, preloaded, unindented, plainImports],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    // `preloaded` does it.
    modulePreload: false,
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
