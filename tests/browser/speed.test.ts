/** How fast the page answers a key, at 200 rules: reported, and never asserted, since machines differ and are busy. */
import { deflateRawSync } from "node:zlib";
import type { Locator, Page } from "playwright-core";
import { editor, problemsOf, rule } from "./at-the-page.js";
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

/** Milliseconds from a key until its answer stands in the document, and until the frame behind that. */
interface Answer {
  result: number;
  frame: number;
}

async function keyToAnswer(page: Page): Promise<Answer> {
  await page.evaluate(() => {
    type Result = HTMLElement & { evaluation: unknown; updateComplete: Promise<unknown> };
    const result = document.querySelector("ebs-app")?.shadowRoot?.querySelector("ebs-result") as Result;
    const before = result.evaluation;
    const given = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(result), "evaluation") ?? {};
    const measured = new Promise<Answer>((resolve) => {
      const begin = (): void => {
        const begun = performance.now();
        // What it is given is looked at on its way: to ask for it again and again would take time from the page.
        Object.defineProperty(result, "evaluation", {
          ...given,
          configurable: true,
          set(this: Result, now: unknown) {
            given.set?.call(this, now);
            if (now === before) return;
            Reflect.deleteProperty(result, "evaluation");
            void this.updateComplete.then(() => {
              const result = performance.now() - begun;
              requestAnimationFrame(() => resolve({ result, frame: performance.now() - begun }));
            });
          },
        });
      };
      addEventListener("keydown", begin, { once: true, capture: true });
    });
    Object.assign(globalThis, { measured });
  });
  await page.waitForTimeout(APART);
  await page.keyboard.press("x");
  return await page.evaluate(() => (globalThis as unknown as { measured: Promise<Answer> }).measured);
}

const ms = (value = 0): string => `${value.toFixed(1)} ms`;
const tasks = (list: number[]): string => `${list.length} long tasks, the longest ${ms(Math.max(0, ...list))}`;

test("a key is answered at 200 rules, and while typing little else happens", async ({ page, site }) => {
  await page.addInitScript(() => {
    const long: number[] = [];
    Object.assign(globalThis, { long });
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
  });
  const longOnes = (): Promise<number[]> =>
    page.evaluate(() => (globalThis as unknown as { long: number[] }).long.splice(0));
  await page.goto(`${site.url}?many#v1.${deflateRawSync(many(200)).toString("base64url")}`);
  await page.getByText("40 of 200 match").waitFor();
  const told = [`while the page opened: ${tasks(await longOnes())}`];
  // One answers, one looks for loops.
  await expect.poll(() => page.workers().length).toBe(2);
  const session = await page.context().newCDPSession(page);
  // Processor time, which depends least on what else the machine does.
  await session.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await session.send("Performance.enable");
  const spent = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.reduce((sum, { name, value }) => (TASKS.includes(name) ? sum + value * 1000 : sum), 0);
  };

  const keys = async (what: string, word: Locator): Promise<void> => {
    await word.click({ position: { x: 12, y: 6 } });
    await longOnes();
    const begun = await spent();
    const answers: Answer[] = [];
    for (let at = 0; at < KEYS; at += 1) answers.push(await keyToAnswer(page));
    const own = (await spent()) - begun;
    const of = (part: keyof Answer): string => {
      const times = answers.map((answer) => answer[part]).sort((one, other) => one - other);
      return `${ms(times[KEYS / 2])} (median), ${ms(times[KEYS - 2])} (p90)`;
    };
    told.push(
      `a key in ${what} has its result after ${of("result")}, and the frame behind it after ${of("frame")}; the page's ` +
        `scripts, styles and layouts take ${ms(own / KEYS)}; ${tasks(await longOnes())}`,
    );
  };
  await keys("a value of the event", editor(page, "Event").getByText('"gold"'));
  await page.getByRole("button", { name: "Details of rule rule-003" }).click();
  await keys("a pattern", editor(page, "Event pattern of rule rule-003").getByText('"t3"'));
  await keys("the name of a member, so that PutEvents refuses the event", editor(page, "Event").getByText('"source"'));
  console.log(told.map((line) => `    200 rules: ${line}`).join("\n"));
  await problemsOf(page, "Event").first().waitFor();
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

// With so many rules the page answers nothing itself.
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
  await page.goto(`${site.url}?many#v1.${deflateRawSync(many(450)).toString("base64url")}`);
  await page.getByText("40 of 450 match").waitFor();
  // The first one answers; the second searches for loops, and comes once the page has been quiet for a moment.
  await page.waitForFunction(() => (globalThis as unknown as { workers: Worker[] }).workers.length === 2);
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
  await page.getByText("40 of 450 match").waitFor();
  await page.keyboard.press("Space");
  await page.getByRole("alert").waitFor({ state: "detached" });
  expect(await page.evaluate(() => (globalThis as unknown as { workers: Worker[] }).workers.length)).toBe(3);
});
