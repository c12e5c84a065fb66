import { expect, test } from "vitest";
import { counted } from "../../scripts/test/cargo.mjs";

test.each([
  ["sums every program's line", 0, "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n", 3, 0],
  ["counts an ignored test as failed", 0, "test result: ok. 3 passed; 0 failed; 2 ignored; 0 measured\n", 3, 2],
  ["reads the plain line of a program of our own", 1, "case a\n41 passed, 2 failed\n", 41, 2],
  ["counts a build that broke as one failure", 101, "error[E0432]: unresolved import\n", 0, 1],
  ["counts a program that died after others passed", 101, "test result: ok. 9 passed; 0 failed; 0 ignored\n", 9, 1],
])("%s", (_, code, stdout, passed, failed) => {
  expect(counted({ code, stdout })).toEqual({ passed, failed });
});
