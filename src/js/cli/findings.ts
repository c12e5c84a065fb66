/**
 * What is wrong with a scenario, or probably is: it cannot be loaded; lints of its patterns and of its rules together; loops that
 * its events run into, or that other events could.
 *
 * Patterns stand in strings of the file. A finding keeps both places: in the pattern, to be shown, and in the file, for editors.
 */

import { EventBridgeError } from "../errors.js";
import { lint } from "../pattern.js";
import { Simulator } from "../simulator.js";
import type { Diagnostic, LoopReport, Range, RuleFinding, Scenario, ScenarioCall } from "../types.js";
import type { Input } from "./input.js";
import { insideString, rangeOf, stretchAt } from "./places.js";

export interface Finding {
  file: string;
  /** Where in the file: `rule orders`. */
  where: string;
  severity: Diagnostic["severity"];
  code: string;
  message: string;
  help?: string;
  /** In the file. */
  range?: Range;
  /** What puts it right; its ranges count in the file too. */
  fix?: Diagnostic["fix"];
  shown: Shown;
}

/** What the text output frames: a diagnostic and the text that its range counts in. */
export interface Shown {
  input: Input;
  diagnostic?: Diagnostic | EventBridgeError;
}

/** The findings of a scenario, in the order: patterns, rules together, loops. */
export function findingsIn(input: Input): Finding[] {
  const simulator = new Simulator();
  try {
    simulator.load(input.text);
    const calls = callsIn(input);
    return [
      ...calls.flatMap((call) => patternFindings(input, call)),
      ...simulator.lint().map((found) => ruleFinding(input, calls, found)),
      ...loopsOf(simulator).map((loop) => loopFinding(input, calls, loop)),
    ];
  } catch (thrown) {
    if (!(thrown instanceof EventBridgeError)) throw thrown;
    const { name, message, help, range } = thrown;
    const shown = { input, diagnostic: thrown };
    const more = { ...(help !== undefined && { help }), ...(range !== undefined && { range }) };
    return [{ file: input.name, where: "scenario", severity: "error", code: name, message, ...more, shown }];
  } finally {
    simulator.free();
  }
}

interface PlacedCall extends ScenarioCall {
  /** The way to it in the file. */
  path: (string | number)[];
}

function callsIn({ text }: Input): PlacedCall[] {
  const { calls, steps = [] } = JSON.parse(text) as Scenario;
  return [
    ...calls.map((call, index) => ({ ...call, path: ["calls", index] })),
    ...steps.flatMap((step, index) => ("call" in step ? [{ ...step.call, path: ["steps", index, "call"] }] : [])),
  ];
}

function patternFindings(file: Input, { operation, input, path }: PlacedCall): Finding[] {
  const { Name, ArchiveName, EventPattern: pattern } = (input ?? {}) as Record<string, unknown>;
  if (typeof pattern !== "string") return [];
  const where = operation === "PutRule" ? `rule ${String(Name)}` : `${operation} ${String(ArchiveName ?? "")}`.trim();
  const begin = stretchAt(file.text, [...path, "input", "EventPattern"])?.begin;
  const inFile = (range: Range): Range | undefined =>
    begin === undefined ? undefined : rangeInString(file.text, begin, range);
  return lint(pattern).map((found) => {
    const range = found.range && inFile(found.range);
    const fix =
      begin === undefined ? undefined : fixInFile(found.fix, (range) => rangeInString(file.text, begin, range));
    return {
      file: file.name,
      where,
      severity: found.severity,
      code: found.code,
      message: found.message,
      ...(found.help !== undefined && { help: found.help }),
      ...(range && { range }),
      ...(fix && { fix }),
      shown: { input: { name: `${file.name}, ${where}`, text: pattern }, diagnostic: found },
    };
  });
}

function rangeInString(text: string, begin: number, { start, end }: Range): Range {
  return rangeOf(text, {
    begin: insideString(text, begin, start.offset),
    end: insideString(text, begin, end.offset),
  });
}

function fixInFile(fix: Diagnostic["fix"], inFile: (range: Range) => Range): Diagnostic["fix"] {
  return (
    fix && {
      title: fix.title,
      edits: fix.edits.map(({ range, newText }) => ({
        range: inFile(range),
        newText: JSON.stringify(newText).slice(1, -1),
      })),
    }
  );
}

function ruleFinding(file: Input, calls: readonly PlacedCall[], found: RuleFinding): Finding {
  const { code, severity, message, help, rule } = found;
  const range = rangeOfRule(file, calls, rule);
  const [where, shown] = [`rule ${shortName(rule)}`, { input: file }];
  return { file: file.name, where, severity, code, message, help, ...(range && { range }), shown };
}

/** Loops that were seen, and those that could be; of the same rules only what was seen. */
function loopsOf(simulator: Simulator): LoopReport[] {
  const key = ({ rules }: LoopReport): string => [...rules].sort().join(" ");
  const seen = simulator.observedLoops();
  const keys = new Set(seen.map(key));
  return [...seen, ...simulator.analyzeLoops().loops.filter((loop) => !keys.has(key(loop)))];
}

const severities = { proven: "error", suspected: "error", possible: "warning", cut: "hint" } as const;

function loopFinding(file: Input, calls: readonly PlacedCall[], { verdict, rules, reason, fix }: LoopReport): Finding {
  const range = rules[0] === undefined ? undefined : rangeOfRule(file, calls, rules[0]);
  return {
    file: file.name,
    where: rules.map(shortName).join(" -> "),
    severity: severities[verdict],
    code: `loop-${verdict}`,
    message: `these rules fire each other: ${reason}`,
    ...(fix && { help: `${fix.explanation}: ${JSON.stringify(fix.pattern)}` }),
    ...(range && { range }),
    shown: { input: file },
  };
}

/** `rule/shop/paid` of an ARN without the word: a rule's name, and its bus unless it is the default one. */
function shortName(arn: string): string {
  return arn.slice(arn.indexOf(":rule/") + ":rule/".length);
}

/** The name in the call that puts the rule. */
function rangeOfRule({ text }: Input, calls: readonly PlacedCall[], arn: string): Range | undefined {
  const [name, bus = "default"] = shortName(arn).split("/").reverse();
  const put = calls.find(({ operation, input }) => {
    const { Name, EventBusName = "default" } = (input ?? {}) as { Name?: unknown; EventBusName?: unknown };
    return operation === "PutRule" && Name === name && String(EventBusName).split("/").at(-1) === bus;
  });
  const stretch = put && stretchAt(text, [...put.path, "input", "Name"]);
  return stretch && rangeOf(text, stretch);
}
