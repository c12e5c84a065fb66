import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const MINUTE = 60_000;
const root = fileURLToPath(new URL("..", import.meta.url));
// Node itself must load the built package, as it does for a user: not vitest's own module runner.
const server = { deps: { external: [/\/pkg\//] } };

export default defineConfig({
  root,
  test: {
    projects: [
      // A slow machine is no failure; some play ten thousand firings.
      { root, test: { name: "node", include: ["tests/{node,scripts}/**/*.test.ts"], testTimeout: 2 * MINUTE, server } },
      {
        root,
        test: {
          name: "packaging",
          include: ["tests/packaging/*.test.ts"],
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
          server,
        },
      },
      {
        root,
        test: {
          name: "clients",
          include: ["tests/clients/sdk.test.ts"],
          testTimeout: 5 * MINUTE,
          server,
        },
      },
      { root, test: { name: "load", include: ["tests/clients/load.test.ts"], testTimeout: 30 * MINUTE, server } },
      {
        root,
        test: {
          name: "python",
          include: ["tests/clients/{python,recipes}.test.ts"],
          testTimeout: 5 * MINUTE,
          hookTimeout: MINUTE,
          server,
        },
      },
      {
        root,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          testTimeout: MINUTE,
          hookTimeout: MINUTE,
          // The default is a second, which a busy machine may need for one key.
          expect: { poll: { timeout: MINUTE / 2 } },
          // One Chromium at a time: the machines of CI have two cores.
          fileParallelism: false,
          server,
        },
      },
    ],
  },
});
