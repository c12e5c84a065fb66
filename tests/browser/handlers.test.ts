/** Handlers where no AsyncLocalStorage is: the context carries what a handler does across promises. */
import { fileURLToPath } from "node:url";
import { serveFolder } from "../../scripts/lib/static-server.mjs";
import { expect, test } from "./harness.js";

const PKG = fileURLToPath(new URL("../../pkg", import.meta.url));

/** Plain text: the test runner would rewrite the import. */
const LOOP = `(async () => {
  const { init, Simulator } = await import("./browser.js");
  await init();
  const sim = new Simulator();
  const Arn = "arn:aws:lambda:us-east-1:123456789012:function:again";
  sim.putRule({ Name: "again", EventPattern: { "detail-type": ["again"] } });
  sim.putTargets({ Rule: "again", Targets: [{ Id: "f", Arn }] });
  const again = { source: "test", detailType: "again", detail: {} };
  sim.onInvoke(Arn, async (_, context) => {
    await new Promise((done) => setTimeout(done, 1));
    context.send(again);
  });
  sim.send(again);
  await sim.settle();
  return { loops: sim.observedLoops().map(({ verdict }) => verdict), roots: sim.trace().length };
})()`;

test("a loop through code that waits is found in the browser", async ({ browser }) => {
  const server = await serveFolder(PKG, { prefix: "/pkg/" });
  const page = await browser.newPage();
  try {
    await page.goto(`${server.url}package.json`);
    const found = await page.evaluate(LOOP.replace("./browser.js", `${server.url}browser.js`));
    expect(found).toEqual({ loops: ["suspected"], roots: 1 });
  } finally {
    await page.close();
    await server.close();
  }
});
