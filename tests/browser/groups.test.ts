/** Groups of a long list, without a browser: who stays where when the list changes. */
import { expect, test } from "vitest";
import { Groups } from "../../www/src/ui/groups.js";

const items = (ids: string): { id: string }[] => [...ids].map((id) => ({ id }));
const shown = (groups: Groups, ids: string): string =>
  groups
    .of(items(ids))
    .map(({ number, part, items }) => `${number}.${part}:${items.map(({ id }) => id).join("")}`)
    .join(" ");

test("a list is cut into groups, and what comes behind goes on", () => {
  const groups = new Groups(3);
  expect(shown(groups, "abcdefgh")).toBe("0.0:abc 1.0:def 2.0:gh");
  expect(shown(groups, "abcdefghij")).toBe("0.0:abc 1.0:def 2.0:ghij");
  expect(shown(groups, "")).toBe("");
});

test("what is put in or taken out leaves the others in their groups", () => {
  const groups = new Groups(3);
  shown(groups, "abcdefgh");
  expect(shown(groups, "abXcdefgh")).toBe("0.0:abXc 1.0:def 2.0:gh");
  expect(shown(groups, "bXcdfgh")).toBe("0.0:bXc 1.0:df 2.0:gh");
  expect(shown(groups, "YbXcdfgh")).toBe("3.0:Y 0.0:bXc 1.0:df 2.0:gh");
  expect(shown(groups, "gh")).toBe("2.0:gh");
});

test("a group that was filled up makes room behind itself", () => {
  const groups = new Groups(2);
  shown(groups, "abcd");
  expect(shown(groups, "a123456bcd")).toBe("0.0:a123 2.0:45 3.0:6 0.1:b 1.0:cd");
});

test("a list in another order is in groups again", () => {
  const groups = new Groups(2);
  shown(groups, "abcd");
  expect(shown(groups, "acbd")).toBe("0.0:a 1.0:c 0.1:b 1.1:d");
});
