/** Findings as SARIF 2.1.0, which code hosts and editors show at the lines they are about. */

import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { version } from "../pattern.js";
import type { Range } from "../types.js";
import type { Finding } from "./findings.js";

/** What each code is about. A test holds it to the pages `lints.md` and `rule-lints.md`. */
export const titles: Readonly<Record<string, string>> = {
  EB001: "A leaf that no event matches",
  EB002: "A part of a pattern that no event reaches",
  EB003: "A field that is named twice",
  EB004: "An operator that stands where a field stands",
  EB005: "A field that no event has",
  EB006: "An ARN with another separator than the service writes",
  EB007: "A number where events have a text",
  EB008: "A text where events have a number",
  EB009: "A star that is no wildcard",
  EB010: "A value that another one covers",
  EB011: "A leaf that every event matches",
  EB012: "A pattern that names no source",
  EB013: "A pattern that is longer than the service takes",
  EB014: "A number that is not compared exactly",
  EB015: "A pattern that is more complex than the service takes",
  EB016: "More combinations of `$or` than the service takes",
  EB030: "Two rules that send the same events to the same target",
  EB031: "A rule that another one shadows",
  EB032: "Two rules that send some of the same events to the same target",
  EB033: "A rule that no forwarded event reaches",
  EB034: "A bus that is open to every account, and a rule that names none",
  EB035: "A template that comes to no valid input",
  EB036: "An `InputPath` that finds nothing",
  "loop-proven": "An infinite loop",
  "loop-suspected": "A chain of events that was stopped at a limit",
  "loop-possible": "Rules that may fire each other for ever",
  "loop-cut": "A loop that something else than a pattern cuts",
};

const levels = { error: "error", warning: "warning", hint: "note" } as const;

/** The log of one run. */
export function sarifOf(findings: readonly Finding[]): object {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const driver = {
    name: "ebsim",
    version: version(),
    rules: codes.map((id) => ({ id, shortDescription: { text: titleOf(id) } })),
  };
  const results = findings.map((finding) => resultOf(finding, codes.indexOf(finding.code)));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}

function titleOf(code: string): string {
  return (
    titles[code] ?? (code.startsWith("EB") ? "A pattern that the service refuses" : "A scenario that cannot be loaded")
  );
}

function resultOf({ file, where, severity, code, message, help, range, fix }: Finding, ruleIndex: number): object {
  const artifactLocation = { uri: uriOf(file) };
  const replacements = fix?.edits.map(({ range: deleted, newText }) => ({
    deletedRegion: regionOf(deleted),
    insertedContent: { text: newText },
  }));
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: `${where}: ${message}${help === undefined ? "" : `\n${help}`}` },
    locations: [{ physicalLocation: { artifactLocation, ...(range && { region: regionOf(range) }) } }],
    ...(fix && {
      fixes: [{ description: { text: fix.title }, artifactChanges: [{ artifactLocation, replacements }] }],
    }),
  };
}

function regionOf({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path as it was given, as a URI. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}
