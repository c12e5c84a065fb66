import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { InvalidEventPatternException, init, matches, version } from "eventbridge-sim";
import * as slim from "eventbridge-sim/slim";

// Ready at import: nothing was awaited yet.
assert.equal(matches({ source: ["shop"] }, { source: "shop" }), true);
assert.throws(() => matches('{ "source": "shop" }', "{}"), InvalidEventPatternException);
await init();

const engine = createRequire(import.meta.url).resolve("eventbridge-sim/engine.wasm");
await slim.init(readFileSync(engine));
assert.equal(slim.version(), version());
console.log("used");
