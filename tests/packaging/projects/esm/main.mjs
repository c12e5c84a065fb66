import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { InvalidEventPatternException, init, matches, Simulator, version } from "eventbridge-sim";
import { requestHandler } from "eventbridge-sim/sdk";
import * as slim from "eventbridge-sim/slim";

// Ready at import: nothing was awaited yet.
assert.equal(matches({ source: ["shop"] }, { source: "shop" }), true);
assert.throws(() => matches('{ "source": "shop" }', "{}"), InvalidEventPatternException);

const simulator = new Simulator();
simulator.putRule({ Name: "orders", EventPattern: '{ "source": ["shop"] }' });
simulator.putTargets({ Rule: "orders", Targets: [{ Id: "queue", Arn: "arn:aws:sqs:us-east-1:123456789012:orders" }] });
const { invocations } = simulator.send({ source: "shop", detailType: "Order Placed", detail: { total: 250 } });
assert.deepEqual(
  invocations.map(({ targetId, outcome }) => [targetId, outcome]),
  [["queue", "delivered"]],
);
assert.deepEqual(JSON.parse(invocations[0].input).detail, { total: 250 });
const { response } = await requestHandler(simulator).handle({
  headers: { "x-amz-target": "AWSEvents.ListRules" },
  body: "{}",
});
assert.equal(response.statusCode, 200);
simulator.free();
await init();

const engine = createRequire(import.meta.url).resolve("eventbridge-sim/engine.wasm");
await slim.init(readFileSync(engine));
assert.equal(slim.version(), version());
console.log("used");
