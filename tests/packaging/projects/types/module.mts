import { init, type LeafResult, matches, Simulator } from "eventbridge-sim";
import type { EventbridgeSimElement, View } from "eventbridge-sim/element";
import { init as slimInit } from "eventbridge-sim/slim";

export const matched: boolean = matches({ source: ["shop"] }, '{ "source": "shop" }');
export const ready: Promise<void> = init();
export const slimReady: Promise<void> = slimInit(new Uint8Array());
export const outcomes: string[] = new Simulator()
  .send({ source: "shop", detailType: "Order Placed", detail: {} })
  .invocations.map(({ outcome }) => outcome);
export const view = (element: EventbridgeSimElement): View | undefined => element.view;
export const path = (leaf: LeafResult): string => leaf.path;
// @ts-expect-error: the types are not `any`.
export const wrong: number = matches("{}", "{}");
// @ts-expect-error: nor are those of the operations.
new Simulator().putRule({ Name: 1 });
