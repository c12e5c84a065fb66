import sim = require("eventbridge-sim");

export const matched: boolean = sim.matches({ source: ["shop"] }, '{ "source": "shop" }');
export const compiled: sim.CompiledPattern = sim.compile({ source: ["shop"] });
// @ts-expect-error: the types are not `any`.
export const wrong: number = sim.matches("{}", "{}");
