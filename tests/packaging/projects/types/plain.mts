// A project for Node that has neither the DOM's types nor Node's.
import { matches, Simulator } from "eventbridge-sim";
import { requestHandler } from "eventbridge-sim/sdk";

export const matched: boolean = matches({ source: ["shop"] }, '{ "source": "shop" }');
export const handler = requestHandler(new Simulator({ clock: "system", now: new Date(0) }));
