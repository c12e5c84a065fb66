/** The page that a server gives shows the simulator behind it, live. */
import { Simulator } from "eventbridge-sim";
import { createServer } from "eventbridge-sim/server";
import { result, rule } from "./at-the-page.js";
import { expect, test } from "./harness.js";

test("what happens at a server appears on its page as it happens", async ({ browser }) => {
  const simulator = new Simulator();
  simulator.putRule({ Name: "paid", EventPattern: { source: ["shop"] } });
  const server = createServer(simulator);
  const url = await server.listen(0);
  const page = await browser.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  await page.goto(url);
  await page.getByText(/^Attached to the simulator at .* No event yet/).waitFor();
  await rule(page, "paid").waitFor();

  const call = (operation: string, input: object): Promise<Response> =>
    fetch(url, {
      method: "POST",
      headers: { "x-amz-target": `AWSEvents.${operation}` },
      body: JSON.stringify(input),
    });
  await call("PutRule", { Name: "late", EventPattern: '{"source":["shop"],"detail":{"n":[7]}}' });
  await rule(page, "late").waitFor();
  await call("PutTargets", { Rule: "late", Targets: [{ Id: "q", Arn: "arn:aws:sqs:us-east-1:123456789012:orders" }] });
  await call("PutEvents", { Entries: [{ Source: "shop", DetailType: "Order Paid", Detail: '{"n":7}' }] });
  await page.getByText(/One event so far/).waitFor();
  await result(page).getByText("orders").first().waitFor();
  expect(wrong).toEqual([]);
  await page.close();
  await server.close();
});
