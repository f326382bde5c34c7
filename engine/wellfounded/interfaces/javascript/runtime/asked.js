// What callers give beside facts, and what they can build a form from.

import { OptionError, listed } from "./errors.js";

/** Options by name; throws an `OptionError` for what is none, so that no misspelt one is passed over. */
export function checkedOptions(given, allowed) {
  if (given === undefined || given === null) return {};
  if (typeof given !== "object") {
    throw new OptionError(`options are a mapping, such as { language: "en" }, not \`${String(given)}\``);
  }
  for (const name of Object.keys(given)) {
    if (!allowed.includes(name)) throw new OptionError(`\`${name}\` is not an option; ${listed(allowed)}`);
  }
  return given;
}

/** Each fact that can be stated: what it is called, what to ask, and what may be answered. */
export function statable({ facts, texts }, language) {
  const its = texts[language].facts;
  return facts
    .filter((fact) => !fact.instead)
    .map((fact) => {
      const { label, question, help, choices } = its[fact.id];
      const described = { id: fact.id, type: fact.type, label, allowed: allowed(fact) };
      return { ...described, ...(question && { question }), ...(help && { help }), ...(choices && { choices }) };
    });
}

function allowed({ type, choices, low, high, unit }) {
  if (type !== "number") return { values: choices ?? [true, false] };
  return unit ? { low, high, unit } : { low, high };
}
