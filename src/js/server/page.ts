/**
 * The playground, served from the package's own files.
 *
 * Only names that stand in the folder are served, so no path can lead out of it. The engine is not there twice: the page's
 * `engine_bg-<hash>.wasm` is the package's `engine_bg.wasm`, the very file it was built from. The page finds by a `meta`
 * element that there is a running simulator behind it.
 */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
};

/** Where the page and the engine are. */
export interface PageFiles {
  folder: string;
  engine: string;
}

export interface Served {
  type: string;
  bytes: Uint8Array;
}

/** The file at a path of the page, read anew each time: pages are not asked for often. */
export function pageFile(files: PageFiles, path: string): Served | undefined {
  if (/^\/assets\/engine_bg-[\w-]+\.wasm$/.test(path))
    return { type: "application/wasm", bytes: readFileSync(files.engine) };
  const name = names(files.folder).get(path.endsWith("/") ? `${path}index.html` : path);
  if (name === undefined) return undefined;
  const bytes = readFileSync(name);
  const type = types[extname(name)] ?? "application/octet-stream";
  return { type, bytes: path === "/" ? Buffer.from(attached(bytes.toString("utf8"))) : bytes };
}

/** The files of the folder by the paths they are served at. */
function names(folder: string): Map<string, string> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return new Map();
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    found.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [`/${file.slice(join(folder, sep).length).replaceAll(sep, "/")}`, file];
    }),
  );
}

function attached(html: string): string {
  return html.replace(/<meta charset=[^>]*>/i, (meta) => `${meta}<meta name="ebsim-server" content="/_sim/" />`);
}
