import { init, version } from "eventbridge-sim";
import { init as slimInit } from "eventbridge-sim/slim";

export const text: string = version();
export const ready: Promise<void> = init();
export const slimReady: Promise<void> = slimInit(new Uint8Array());
// @ts-expect-error: the types are not `any`.
export const wrong: number = version();
