import sim = require("eventbridge-sim");

export const text: string = sim.version();
// @ts-expect-error: the types are not `any`.
export const wrong: number = sim.version();
