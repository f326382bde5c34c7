// json-rules-engine in a process of its own: the same conversation as worker.py holds, one line of JSON each.
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const modules = path.join(process.argv[2], "node_modules", "json-rules-engine");
const { Engine } = require(modules);

const folder = process.argv[3];
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf-8"));
const people = read("people.json");
const written = read("json_rules_engine.json");

function prepare() {
  const engine = new Engine([], { allowUndefinedFacts: false });
  for (const rule of written.rules) engine.addRule(rule);
  for (const fact of written.derived) engine.addFact(fact, false);
  engine.on("derived", (params, almanac) => almanac.addFact(params.name, true));
  const computed = new Function("facts", written.computed);
  return async (person) => {
    const { events } = await engine.run(computed(person));
    return events.filter((event) => event.type === "recommended").map((event) => event.params.name);
  };
}

const start = process.hrtime.bigint();
const evaluate = prepare();
const load = Number(process.hrtime.bigint() - start) / 1e9;

let next = 0;
async function round({ seconds, most }) {
  const times = [];
  const until = performance.now() + seconds * 1000;
  while (times.length < most && (times.length < 1 || performance.now() < until)) {
    const person = people[next++ % people.length];
    const before = process.hrtime.bigint();
    await evaluate(person);
    times.push(Number(process.hrtime.bigint() - before) / 1e9);
  }
  return times;
}

async function answers({ count }) {
  const given = [];
  for (const person of people.slice(0, count)) given.push(await evaluate(person));
  return given;
}

// What the system counts for a process begins with what its parent held; Linux also knows its own peak.
function memory() {
  const status = "/proc/self/status";
  if (!fs.existsSync(status)) return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(status, "utf-8"))[1]) * 1024;
}
const say = (value) => process.stdout.write(JSON.stringify(value) + "\n");

async function main() {
  say({ load, version: require(path.join(modules, "package.json")).version });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    say(await { answers, round, memory }[asked.what](asked));
  }
}

main();
