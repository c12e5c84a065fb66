/**
 * Who may send to a bus: its policy, and the shorter forms that amount to a statement of one.
 *
 * PutPermission with a principal adds a statement to the bus's policy; the page writes that statement out, so that a bus
 * has one text that says who may send to it.
 */
import type { ScenarioCall } from "../../../src/js/types.js";
import { type BusAt, busArn } from "./buses.js";
import { isObject, type JsonObject, parse, pretty } from "./json-text.js";

const ACTION = "events:PutEvents";

/** The statement that allows an account, or everybody (`*`), to send. */
export function allowing(principal: string, bus: BusAt, sid: string, condition?: JsonObject): JsonObject {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { AWS: `arn:aws:iam::${principal}:root` },
    Action: ACTION,
    Resource: busArn(bus),
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/** What PutPermission with a principal adds; nothing where it asks for more than a statement, or for what is refused. */
export function statementOf(call: ScenarioCall, bus: BusAt): JsonObject | undefined {
  if (!isObject(call.input)) return undefined;
  const { Action, Principal, StatementId, Condition, EventBusName: _, ...rest } = call.input;
  const plain = Object.keys(rest).length === 0 && Action === ACTION;
  if (!plain || typeof StatementId !== "string" || typeof Principal !== "string") return undefined;
  if (Principal !== "*" && !/^\d{12}$/.test(Principal)) return undefined;
  if (Condition === undefined) return allowing(Principal, bus, StatementId);
  if (!isObject(Condition)) return undefined;
  const { Type, Key, Value } = Condition;
  if (typeof Type !== "string" || typeof Key !== "string" || typeof Value !== "string") return undefined;
  return allowing(Principal, bus, StatementId, { [Type]: { [Key]: Value } });
}

/** The policy with one statement more, in place of one with the same Sid; nothing where the text is no policy. */
export function withStatement(policy: string, statement: JsonObject): string | undefined {
  const document = policy.trim() === "" ? { Version: "2012-10-17", Statement: [] } : parse(policy);
  if (!isObject(document)) return undefined;
  const before = Array.isArray(document.Statement) ? document.Statement : [document.Statement ?? []].flat();
  const others = before.filter((it) => !isObject(it) || it.Sid !== statement.Sid);
  return pretty({ ...document, Statement: [...others, statement] });
}

export const isAccount = (text: string): boolean => text === "*" || /^\d{12}$/.test(text);
