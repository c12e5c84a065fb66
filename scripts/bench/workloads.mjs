// Workloads: found in a folder, or made here with a seed. Made ones are AWS-like events with rule sets from one to 100,000
// rules, and some shapes that are hard on matchers.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../lib/paths.mjs";

const ENDING = ".rules.json";

/** Those of a folder. Rules without events of their own share those of the longest beginning of their name. */
export function found(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  return names
    .map((file) => file.slice(0, -ENDING.length))
    .map((name) => ({ name, rules: join(folder, name + ENDING), events: eventsOf(folder, name) }))
    .filter(({ events }) => events !== undefined)
    .sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
}

function eventsOf(folder, name) {
  for (let cut = name; cut !== ""; cut = cut.slice(0, Math.max(0, cut.lastIndexOf("-")))) {
    const file = join(folder, `${cut}.jsonl`);
    if (existsSync(file)) return file;
  }
  const cityLots = join(folder, "citylots.jsonl");
  return name.startsWith("cl-") && existsSync(cityLots) ? cityLots : undefined;
}

/** Makes workloads under target/bench. */
export function made({ seed, quick }) {
  const folder = inRoot(`target/bench/made-${seed}`);
  mkdirSync(folder, { recursive: true });
  const random = randomness(Number(seed));
  const events = Array.from({ length: quick ? 2_000 : 20_000 }, () => event(random));
  write(folder, "mix.jsonl", events);
  for (const size of quick ? [1, 10, 1_000] : [1, 10, 100, 1_000, 10_000, 100_000]) {
    writeRules(
      folder,
      `mix-${size}`,
      Array.from({ length: size }, () => rule(random, size)),
    );
  }
  for (const [name, { events: hard, rules }] of Object.entries(hardOnes(random))) {
    write(folder, `${name}.jsonl`, hard);
    writeRules(folder, name, rules);
  }
  return found(folder);
}

const write = (folder, name, events) =>
  writeFileSync(join(folder, name), events.map((it) => `${JSON.stringify(it)}\n`).join(""));

const writeRules = (folder, name, rules) =>
  writeFileSync(
    join(folder, name + ENDING),
    JSON.stringify(Object.fromEntries(rules.map((it, at) => [`rule-${at}`, it]))),
  );

/** Numbers that depend on the seed alone (mulberry32). */
function randomness(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  const pick = (list) => list[below(list.length)];
  // Few are asked for often.
  const rank = (limit) => Math.floor(limit * next() ** 3);
  const letters = (length, alphabet = "abcdefghijklmnopqrstuvwxyz") =>
    Array.from({ length }, () => alphabet[below(alphabet.length)]).join("");
  return { next, below, pick, rank, letters };
}

const STATES = ["pending", "running", "stopping", "stopped", "shutting-down", "terminated"];
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"];
const STATUS = ["created", "paid", "shipped", "cancelled", "refunded"];
const account = (random) => String(100_000_000_000 + random.rank(4_000) * 7_919);
const customer = (random) => `cust-${random.rank(50_000)}`;
const bucket = (random) => `acme-${random.pick(["logs", "media", "backup", "lake"])}-${random.below(30)}`;

function event(random) {
  const envelope = (source, type, detail, resources = []) => ({
    version: "0",
    id: `${random.letters(8, "0123456789abcdef")}-0000-4000-8000-${random.letters(12, "0123456789abcdef")}`,
    "detail-type": type,
    source,
    account: account(random),
    time: `2026-0${1 + random.below(9)}-1${random.below(9)}T10:00:00Z`,
    region: random.pick(REGIONS),
    resources,
    detail,
  });
  const kind = random.next();
  if (kind < 0.3) {
    const instance = `i-${random.letters(17, "0123456789abcdef")}`;
    const detail = { "instance-id": instance, state: random.pick(STATES) };
    return envelope("aws.ec2", "EC2 Instance State-change Notification", detail, [
      `arn:aws:ec2:us-east-1::instance/${instance}`,
    ]);
  }
  if (kind < 0.6) {
    const key = `tenant-${random.rank(10_000)}/${random.pick(["in", "out"])}/img-${random.below(1e6)}.${random.pick(["jpg", "png", "csv"])}`;
    const object = { key, size: random.below(1e6), etag: random.letters(32, "0123456789abcdef") };
    const ip = `10.${random.below(256)}.${random.below(256)}.1`;
    return envelope("aws.s3", "Object Created", { bucket: { name: bucket(random) }, object, "source-ip-address": ip });
  }
  if (kind < 0.7) {
    const items = Array.from({ length: 2 + random.below(9) }, () => ({
      instanceId: `i-${random.letters(17)}`,
      instanceState: { code: random.below(80), name: random.pick(STATES) },
      privateIpAddress: `10.0.${random.below(256)}.${random.below(256)}`,
      tagSet: {
        items: Array.from({ length: random.below(4) }, () => ({ key: random.letters(5), value: random.letters(12) })),
      },
    }));
    const detail = {
      eventSource: "ec2.amazonaws.com",
      eventName: random.pick(["RunInstances", "StopInstances"]),
      responseElements: { instancesSet: { items } },
    };
    return envelope("aws.ec2", "AWS API Call via CloudTrail", {
      ...detail,
      requestParameters: { policy: JSON.stringify(detail).slice(0, 900) },
    });
  }
  const items = Array.from({ length: 1 + random.below(6) }, () => ({
    sku: `SKU-${random.rank(8_000)}`,
    qty: 1 + random.below(9),
    price: random.below(40_000) / 100,
  }));
  const total = items.reduce((sum, item) => sum + Math.round(item.qty * item.price * 100), 0) / 100;
  const status = random.pick(STATUS);
  const who = { id: customer(random), tier: random.pick(["free", "silver", "gold"]) };
  return envelope("com.acme.orders", `Order ${status}`, {
    status,
    customer: who,
    total,
    items,
    notes: random.pick([null, "", "Straße 5"]),
  });
}

/** A rule; in large sets it also names an account, customer or tenant, so that an event matches a few at every size. */
function rule(random, size) {
  const large = size > 100;
  const own = large ? { account: [account(random)] } : {};
  const order = large ? { customer: { id: [customer(random)] } } : {};
  const kinds = [
    () => ({ source: ["aws.ec2"], detail: { state: [random.pick(STATES)] }, ...own }),
    () => ({
      source: ["aws.s3"],
      detail: { bucket: { name: [bucket(random)] }, object: { key: [{ prefix: `tenant-${random.rank(10_000)}/` }] } },
    }),
    () => ({
      source: ["aws.s3"],
      detail: {
        object: { key: [{ wildcard: `tenant-${random.rank(10_000)}/*/img-*.${random.pick(["jpg", "png"])}` }] },
      },
    }),
    () => ({
      source: ["aws.s3"],
      detail: { bucket: { name: [bucket(random)] }, object: { key: [{ suffix: ".csv" }] } },
      ...own,
    }),
    () => ({ source: ["com.acme.orders"], detail: { total: [{ numeric: [">=", random.below(3_000)] }], ...order } }),
    () => ({
      source: ["com.acme.orders"],
      detail: { items: { sku: [`SKU-${random.rank(8_000)}`], qty: [1 + random.below(9)] } },
    }),
    () => ({
      source: ["com.acme.orders"],
      detail: { $or: [{ status: ["paid"] }, { total: [{ numeric: [">", 2_000] }] }], ...order },
    }),
    () => ({
      source: ["aws.ec2"],
      region: [{ "anything-but": [random.pick(REGIONS)] }],
      detail: { state: ["stopped"] },
      ...own,
    }),
    () => ({
      source: ["com.acme.orders"],
      detail: { coupon: [{ exists: false }], status: [random.pick(STATUS)], ...order },
    }),
    () => ({
      source: [{ prefix: "aws." }],
      detail: { "source-ip-address": [{ cidr: `10.${random.below(256)}.0.0/16` }] },
    }),
  ];
  return random.pick(kinds)();
}

function hardOnes(random) {
  const repeat = (count, make) => Array.from({ length: count }, (_, at) => make(at));
  return {
    "hard-wildcards": {
      events: repeat(300, () => ({ msg: random.letters(1_000) })),
      rules: repeat(1_000, () => ({ msg: [{ wildcard: `*${random.letters(3)}*${random.letters(3)}*` }] })),
    },
    "hard-stars": {
      events: repeat(300, () => ({ x: "a".repeat(50 + random.below(350)) + random.pick(["", "b"]) })),
      rules: repeat(24, (at) => ({ x: [{ wildcard: `*${"a*".repeat(at + 1)}b` }] })),
    },
    "hard-array": {
      events: repeat(40, () => ({
        items: repeat(500, () => ({ a: random.below(50), b: random.below(50), c: random.below(50) })),
      })),
      rules: repeat(40, (at) => ({ items: { a: [at], b: [at], c: [at] } })),
    },
    "hard-nested-arrays": {
      events: repeat(40, () => ({
        l: repeat(8, () => ({
          m: repeat(8, () => ({
            n: repeat(8, () => ({ v: random.below(9), w: random.below(9) })),
            x: random.below(9),
          })),
          y: random.below(9),
        })),
      })),
      rules: repeat(30, (at) => ({
        l: { y: [at % 9], m: { x: [(at * 2) % 9], n: { v: [(at * 3) % 9], w: [(at * 5) % 9] } } },
      })),
    },
    "hard-subsets": {
      events: repeat(300, () => Object.fromEntries(repeat(20, (at) => [`f${at}`, `v${random.below(2)}`]))),
      rules: repeat(2_000, () =>
        Object.fromEntries(repeat(5, () => [`f${random.below(20)}`, [`v${random.below(2)}`]])),
      ),
    },
    "hard-absences": {
      events: repeat(1_000, () => ({ [`k${random.below(1_000)}`]: 1, z: 2 })),
      rules: repeat(1_000, (at) => ({ z: [2], [`k${at}`]: [{ exists: false }] })),
    },
  };
}
