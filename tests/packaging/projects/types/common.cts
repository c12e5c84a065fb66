import sim = require("eventbridge-sim");

export const matched: boolean = sim.matches({ source: ["shop"] }, '{ "source": "shop" }');
export const simulator: sim.Simulator = new sim.Simulator();
// @ts-expect-error: the types are not `any`.
export const wrong: number = sim.matches("{}", "{}");
