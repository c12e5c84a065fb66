/** How fast the page answers a key, at 200 rules: reported, and never asserted, since machines differ and are busy. */
import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import { editor, rule } from "./at-the-page.js";
import { expect, test } from "./harness.js";

const KEYS = 20;
/** Between two keys of somebody who types fast, in milliseconds. */
const APART = 150;
const TASKS = ["ScriptDuration", "LayoutDuration", "RecalcStyleDuration"];

/** `count` rules of four conditions each, with a target each; the event matches about a fifth of 200. */
function many(count: number): string {
  const calls = Array.from({ length: count }, (_, at) => {
    const name = `rule-${String(at).padStart(3, "0")}`;
    const detail = { total: [{ numeric: [">", at * 5] }], customer: { tier: [{ "anything-but": [`t${at}`] }] } };
    const pattern = { source: ["shop", `s${at}`], "detail-type": [{ prefix: "Order" }], detail };
    const target = { Id: "t", Arn: `arn:aws:sqs:us-east-1:123456789012:queue-${at}` };
    return [
      { operation: "PutRule", input: { Name: name, EventPattern: JSON.stringify(pattern) } },
      { operation: "PutTargets", input: { Rule: name, Targets: [target] } },
    ];
  });
  const event = { Source: "shop", DetailType: "Order Paid", Detail: '{"total": 200, "customer": {"tier": "gold"}}' };
  return JSON.stringify({ version: 1, title: `${count} rules`, calls: calls.flat(), events: [event] });
}

/** Milliseconds from a key to the frame behind the answer to it. */
async function keyToAnswer(page: Page): Promise<number> {
  await page.evaluate(() => {
    type Result = HTMLElement & { evaluation: unknown; updateComplete: Promise<unknown> };
    const result = document.querySelector("ebs-app")?.shadowRoot?.querySelector("ebs-result") as Result;
    const before = result.evaluation;
    const measured = new Promise<number>((resolve) => {
      const begin = (): void => {
        const begun = performance.now();
        const look = async (): Promise<void> => {
          if (result.evaluation === before) {
            setTimeout(look);
            return;
          }
          await result.updateComplete;
          requestAnimationFrame(() => resolve(performance.now() - begun));
        };
        setTimeout(look);
      };
      addEventListener("keydown", begin, { once: true, capture: true });
    });
    Object.assign(globalThis, { measured });
  });
  await page.waitForTimeout(APART);
  await page.keyboard.press("Space");
  return await page.evaluate(() => (globalThis as unknown as { measured: Promise<number> }).measured);
}

test("a key is answered at 200 rules, from a worker, and while typing little else happens", async ({ page, site }) => {
  await page.addInitScript(() => {
    const long: number[] = [];
    Object.assign(globalThis, { long });
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
  });
  await page.goto(`${site.url}?many#v1.${deflateRawSync(many(200)).toString("base64url")}`);
  await page.getByText("40 of 200 match").waitFor();
  const begin = await page.evaluate(() => (globalThis as unknown as { long: number[] }).long);
  // One answers, one looks for loops.
  await expect.poll(() => page.workers().length).toBe(2);

  await editor(page, "Event").click();
  const session = await page.context().newCDPSession(page);
  // Processor time, which depends least on what else the machine does.
  await session.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await session.send("Performance.enable");
  const spent = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.reduce((sum, { name, value }) => (TASKS.includes(name) ? sum + value * 1000 : sum), 0);
  };
  await page.evaluate(() => (globalThis as unknown as { long: number[] }).long.splice(0));
  const begun = await spent();
  const times: number[] = [];
  for (let at = 0; at < KEYS; at += 1) times.push(await keyToAnswer(page));
  const own = (await spent()) - begun;
  const long = await page.evaluate(() => (globalThis as unknown as { long: number[] }).long);
  times.sort((one, other) => one - other);
  const ms = (value = 0): string => `${value.toFixed(1)} ms`;
  const tasks = (list: number[]): string => `${list.length} long tasks, the longest ${ms(Math.max(0, ...list))}`;
  console.log(
    `    200 rules: a key is answered after ${ms(times[KEYS / 2])} (median), ${ms(times[KEYS - 2])} (p90); ` +
      `the page itself computes ${ms(own / KEYS)} for it; ${tasks(long)}; while the page opened: ${tasks(begin)}`,
  );
});

test("a large draft says the same as a small one: what is broken, what holds meanwhile, and why", async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}?many#v1.${deflateRawSync(many(60)).toString("base64url")}`);
  await page.getByText("40 of 60 match").waitFor();
  await rule(page, "rule-050")
    .getByRole("button", { name: /rule-050/ })
    .first()
    .click();
  await rule(page, "rule-050")
    .getByText(/Why not/)
    .waitFor();
  await editor(page, "Event").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("{nope");
  await page.getByText(/last valid version of the event/).waitFor();
  await page.getByText("40 of 60 match").waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  await page.getByText(/last valid version of the event/).waitFor({ state: "detached" });
});

test("an engine that stops in the worker is told, and the next key is answered again", async ({ page, site }) => {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    const Plain = Worker;
    const Kept = class extends Plain {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        workers.push(this);
      }
    };
    Object.assign(globalThis, { workers, Worker: Kept });
  });
  await page.goto(`${site.url}?many#v1.${deflateRawSync(many(60)).toString("base64url")}`);
  await page.getByText("40 of 60 match").waitFor();
  await page.evaluate(() => {
    const [worker] = (globalThis as unknown as { workers: Worker[] }).workers;
    if (worker)
      worker.postMessage = () =>
        worker.dispatchEvent(new MessageEvent("message", { data: { stopped: "out of memory", started: true } }));
  });
  await editor(page, "Event").click();
  await page.keyboard.press("Space");
  await page
    .getByRole("alert")
    .getByText(/the engine stopped over this: out of memory/)
    .waitFor();
  await page.getByText("40 of 60 match").waitFor();
  await page.keyboard.press("Space");
  await page.getByRole("alert").waitFor({ state: "detached" });
  expect(await page.evaluate(() => (globalThis as unknown as { workers: Worker[] }).workers.length)).toBe(3);
});
