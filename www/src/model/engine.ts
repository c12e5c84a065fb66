/** What the page needs of the engine: a part of the package's entry, so that a test can stand in for it. */
import type {
  Comparison,
  Diagnostic,
  Explanation,
  Graph,
  LoopAnalysis,
  LoopReport,
  Preset,
  RuleFinding,
  SimulatorOptions,
  TraceNode,
} from "../../../src/js/types.js";

export interface Simulation {
  load(scenario: string): unknown;
  fork(scenario: string): Simulation;
  invoke(operation: string, input: object, caller?: { account?: string; region?: string }): unknown;
  trace(): TraceNode[];
  observedLoops(): LoopReport[];
  analyzeLoops(): LoopAnalysis;
  lint(): RuleFinding[];
  expect(expectation: object): { passed: string[]; failed: string[] };
  graph(): Graph;
  now(): string;
  schedule(of: { rule: string }): string[];
  presets(): Preset[];
  free(): void;
}

export interface Engine {
  version(): string;
  checkPattern(text: string): Diagnostic[];
  checkEvent(text: string): Diagnostic[];
  lint(pattern: string): Diagnostic[];
  explain(pattern: string, event: string): Explanation;
  compare(first: string, second: string): Comparison;
  Simulator: new (options?: SimulatorOptions) => Simulation;
}
