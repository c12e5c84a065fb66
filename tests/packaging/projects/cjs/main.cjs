const assert = require("node:assert/strict");
const { compile, matches } = require("eventbridge-sim");

assert.equal(matches({ source: ["shop"] }, { source: "shop" }), true);
assert.equal(matches({ source: ["shop"] }, { source: "other" }), false);
assert.equal(compile({ source: ["shop"] }).matches({ source: "shop" }), true);
console.log("used");
