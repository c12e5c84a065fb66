// `npm run bench`: the benchmarks come with the index of rules.
import { Failure, main } from "./lib/log.mjs";

await main(() => {
  throw new Failure("the benchmarks are not built yet");
});
