const { EventBridgeError, Simulator } = require("eventbridge-sim");

test("the package's errors are errors here", () => {
  expect(() => new Simulator().describeRule({ Name: "none" })).toThrow(EventBridgeError);
});

test("a failing matcher names the nearest rule", () => {
  const sim = new Simulator();
  sim.putRule({ Name: "large", EventPattern: { detail: { total: [{ numeric: [">", 100] }] } } });
  sim.putTargets({ Rule: "large", Targets: [{ Id: "q", Arn: "arn:aws:sqs:us-east-1:123456789012:q" }] });
  sim.send({ source: "shop", detailType: "Order Paid", detail: { total: 7 } });
  expect(() => expect(sim).toHaveInvoked("*:q")).toThrow("rule `large` did not match event `Order Paid of shop`");
});
