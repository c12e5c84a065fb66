// A plain file server, as dull as any host of static pages: it serves `folder` under `prefix` and nothing else.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves on the loopback address; port 0 takes any free one.
 * @param {string} folder
 * @param {{ port?: number, prefix?: string, headers?: Record<string, string> }} [options] `prefix` begins and ends with `/`
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export function serveFolder(folder, { port = 0, prefix = "/", headers = {} } = {}) {
  const server = createServer((request, response) => {
    const file = fileFor(folder, prefix, request.url ?? "/");
    if (!file) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { ...headers, "content-type": type, "cache-control": "no-store" });
    if (request.method === "HEAD") response.end();
    else createReadStream(file).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const bound = typeof address === "object" ? address?.port : port;
      resolve({ url: `http://127.0.0.1:${bound}${prefix}`, close: () => close(server) });
    });
  });
}

function close(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function fileFor(folder, prefix, target) {
  const path = decoded(target.split(/[?#]/)[0] ?? "/");
  if (path === undefined || !path.startsWith(prefix)) return undefined;
  const file = normalize(join(folder, path.slice(prefix.length)));
  if (file !== normalize(folder) && !file.startsWith(normalize(folder + sep))) return undefined;
  return [file, join(file, "index.html")].find((name) => statSync(name, { throwIfNoEntry: false })?.isFile());
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
