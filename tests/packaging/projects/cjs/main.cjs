const assert = require("node:assert/strict");
const { version } = require("eventbridge-sim");

assert.match(version(), /^\d+\.\d+\.\d+/);
console.log("used");
