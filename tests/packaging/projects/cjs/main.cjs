const assert = require("node:assert/strict");
const { matches, Simulator } = require("eventbridge-sim");

assert.equal(matches({ source: ["shop"] }, { source: "shop" }), true);
assert.equal(matches({ source: ["shop"] }, { source: "other" }), false);

const simulator = new Simulator();
simulator.putRule({ Name: "orders", EventPattern: '{ "source": ["shop"] }' });
simulator.putTargets({ Rule: "orders", Targets: [{ Id: "queue", Arn: "arn:aws:sqs:us-east-1:123456789012:orders" }] });
const { invocations } = simulator.send({ source: "shop", detailType: "Order Placed", detail: { total: 250 } });
assert.equal(invocations.length, 1);
assert.equal(invocations[0].outcome, "delivered");
// These know nothing of the engine: a CommonJS test gives them the simulator that it has.
const { requestHandler } = require("eventbridge-sim/sdk");
const { createServer } = require("eventbridge-sim/server");
assert.equal(requestHandler(simulator).metadata.handlerProtocol, "http/1.1");
assert.equal(createServer(simulator).server.listening, false);
console.log("used");
