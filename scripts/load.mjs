// `npm run load`: the full load on the server, of which `npm test` runs a smaller form. Needs a built package.
import { Failure, main } from "./lib/log.mjs";
import { vitest } from "./test/vitest.mjs";

await main(async () => {
  const { failed } = await vitest("load", { EBSIM_LOAD: "full" });
  if (failed > 0) throw new Failure("the load test failed");
});
