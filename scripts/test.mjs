// `npm test`: sets up, builds, runs every suite and ends with `N passed, M failed`.
// `npm test -- rust node` runs the suites named. What cannot run counts as failed.
import { performance } from "node:perf_hooks";
import { bold, duration, Failure, green, main, red, report, say, yellow } from "./lib/log.mjs";
import { setup } from "./setup/setup.mjs";
import { chosenNames } from "./test/names.mjs";

await main(async () => {
  const begun = performance.now();
  const names = chosenNames(process.argv.slice(2));
  const results = [];
  let tools;
  const ready = await record(results, "set-up", async () => {
    tools = await setup();
    return { passed: 1, failed: 0 };
  });
  if (!ready) return summarise(results, performance.now() - begun);
  // These read npm dependencies, which the set-up has only now made sure of.
  const { build, checkSizes } = await import("./build.mjs");
  const { suites } = await import("./test/suites.mjs");
  const chosen = suites.filter(({ name }) => names.includes(name));

  let built = true;
  if (chosen.some((suite) => suite.needsPackage)) {
    built = await record(results, "build", () => onePassed(build(tools)));
    if (built) await record(results, "sizes", () => onePassed(checkSizes()));
  }
  for (const { name, about, run, needsPackage } of chosen) {
    await record(results, name, async () => {
      if (needsPackage && !built) throw new Failure("not run, for want of a build");
      say(`\n${bold(`==> ${name}`)} (about ${about})`);
      return await run();
    });
  }
  summarise(results, performance.now() - begun);
});

/** A step that counts as one test: passed unless it throws. */
async function onePassed(step) {
  await step;
  return { passed: 1, failed: 0 };
}

/** Runs one suite, records its counts and time, and gives whether all of it passed. */
async function record(results, name, work) {
  const begun = performance.now();
  let counts = { passed: 0, failed: 1 };
  try {
    counts = await work();
    if (counts.passed + counts.failed === 0) throw new Failure(`${name}: no test ran`);
  } catch (error) {
    report(error);
    counts = { passed: 0, failed: 1 };
  }
  results.push({ name, ...counts, ms: performance.now() - begun });
  return counts.failed === 0;
}

function summarise(results, ms) {
  say(`\n${bold("suite         passed  failed  time")}`);
  for (const { name, passed, failed, ms: own } of results) {
    const paint = failed > 0 ? red : green;
    say(paint(`${name.padEnd(12)} ${String(passed).padStart(7)} ${String(failed).padStart(7)}  ${duration(own)}`));
  }
  say(`${"all".padEnd(12)} ${" ".repeat(15)}  ${duration(ms)}\n`);
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  const skipped = results.flatMap((result) => result.skipped ?? []);
  for (const words of skipped) say(yellow(`skipped: ${words}`));
  say(`${sum("passed")} passed, ${sum("failed")} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`);
  if (sum("failed") > 0) process.exitCode = 1;
}
