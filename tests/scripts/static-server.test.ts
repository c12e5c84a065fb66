import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveFolder } from "../../scripts/lib/static-server.mjs";

const scratch = mkdtempSync(join(tmpdir(), "ebsim-server-"));
let server: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  mkdirSync(join(scratch, "site"));
  writeFileSync(join(scratch, "site/index.html"), "home");
  writeFileSync(join(scratch, "site/engine.wasm"), "wasm");
  writeFileSync(join(scratch, "secret.txt"), "secret");
  writeFileSync(join(scratch, "site-secret.txt"), "secret");
  server = await serveFolder(join(scratch, "site"), { prefix: "/some/path/" });
});

afterAll(async () => {
  await server.close();
  rmSync(scratch, { recursive: true, force: true });
});

test.each([
  ["/some/path/", 200],
  ["/some/path/?query", 200],
  ["/some/path/engine.wasm", 200],
  ["/", 404],
  ["/some/path/missing.js", 404],
  ["/some/path/../../secret.txt", 404],
  ["/some/path/..%2fsecret.txt", 404],
  ["/some/path/..%2fsite-secret.txt", 404],
  ["/some/path/%zz", 404],
])("answers %s with %i", async (path, status) => {
  expect((await get(path)).status).toBe(status);
});

test("wasm has its own type, or browsers would not stream it", async () => {
  expect((await get("/some/path/engine.wasm")).type).toBe("application/wasm");
});

/** `fetch` would tidy `..` away before it is sent. */
function get(path: string): Promise<{ status: number | undefined; type: string | undefined }> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, type: response.headers["content-type"] });
    })
      .on("error", reject)
      .end();
  });
}
