// Answers for modules under Node: each line asks one module about some people, and has a line of answer for each.
//
// {module, call, people, options} → the JSON of what the call gives, or {error, message, problems?, about?, rules?}
import { createInterface } from "node:readline";

/** Numbers that JSON does not have are written {"$number": "NaN"}. */
const revive = (_, value) => (value?.$number === undefined ? value : Number(value.$number));

/** JSON has no -0, and nobody should get one. What comes from the rules as it is holds no number of a person. */
function hasNegativeZero(value, key = "") {
  if (typeof value !== "object" || value === null) return Object.is(value, -0);
  if (["sources", "references", "table"].includes(key)) return false;
  return Object.entries(value).some(([inner, item]) => hasNegativeZero(item, inner));
}

function answer(call, person, options) {
  try {
    const given = call(person, options);
    return hasNegativeZero(given) ? { error: "NegativeZero", message: JSON.stringify(given) } : given;
  } catch (error) {
    const { name, message, problems, about, rules } = error;
    return { error: name, message, problems, about, rules };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { module, call, people, options, times } = JSON.parse(line, revive);
  const called = (await import(module))[call];
  if (times) {
    const start = performance.now();
    for (let time = 0; time < times; time++) for (const person of people) called(person, options);
    process.stdout.write(`${(times * people.length * 1000) / (performance.now() - start)}\n`);
  } else {
    const answers = people.map((person) => `${JSON.stringify(answer(called, person, options))}\n`);
    process.stdout.write(answers.join(""));
  }
}
