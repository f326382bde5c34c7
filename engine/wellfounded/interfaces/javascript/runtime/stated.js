// What is stated of a person → checked values in their facts' units, or everything that is wrong with it.

import { FactError, listed } from "./errors.js";
import { fraction, isAtMost, power, rounded, roundedFraction, times, writtenFraction } from "./numbers.js";

// White space as the command line takes it, which is not quite what \s is here.
const SPACE = "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const WORD = "[^\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000^*/·]";
const EDGES = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");
const QUANTITY = new RegExp(
  `^${SPACE}*([-+]?[0-9]{1,30}(?:\\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,3})?)${SPACE}*([^\\n]*)$`,
);
const DECIMAL_COMMA = new RegExp(`^${SPACE}*([-+]?[0-9]{1,30}),([0-9]{1,30})(?![0-9,])`);
const TERM = new RegExp(`^(${WORD}+)(?:${SPACE}+of${SPACE}+(${WORD}+))?(?:\\^(-?[1-9]))?$`);

class Problem extends Error {
  constructor(message, help = "") {
    super(message);
    this.help = help;
  }
}

/** A function that checks facts: it gives those that are stated by name, in order, or throws a `FactError`. */
export function checker({ facts, dimensions, units }) {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const canBeStated = facts.filter((fact) => !fact.instead).map((fact) => fact.id);
  const parseUnit = unitParser(new Map(Object.entries(dimensions)), units);

  function value(name, given) {
    const fact = known.get(name);
    if (!fact) throw new Problem(`\`${short(name)}\` is not a fact that is known here`, listed(canBeStated));
    if (fact.instead) {
      const inputs = fact.instead.map((id) => `\`${id}\``).join(", ");
      throw new Problem(`\`${name}\` is worked out and cannot be stated`, `state ${inputs} instead`);
    }
    if (fact.type === "boolean") return boolean(fact, given);
    return fact.type === "choice" ? choice(fact, given) : number(fact, given, parseUnit);
  }

  return (stated) => {
    if (Object.prototype.toString.call(stated) !== "[object Object]") {
      throw new FactError([
        { fact: "", message: `facts are a mapping of names to values, not ${written(stated)}`, help: "" },
      ]);
    }
    const values = new Map();
    const problems = [];
    for (const [name, given] of Object.entries(stated)) {
      if ((given ?? null) === null && known.has(name)) continue;
      try {
        values.set(name, value(name, given));
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        problems.push({ fact: name, message: problem.message, help: problem.help });
      }
    }
    if (problems.length > 0) throw new FactError(problems);
    const checked = Object.create(null);
    for (const { id } of facts) if (values.has(id)) checked[id] = values.get(id);
    return checked;
  };
}

function boolean(fact, given) {
  if (typeof given === "boolean") return given;
  throw new Problem(`\`${fact.id}\` is ${written(given)}, and has to be true or false`, "write true or false");
}

function choice(fact, given) {
  if (fact.choices.includes(given)) return given;
  throw new Problem(`\`${fact.id}\` is ${written(given)}, which is not one of its choices`, listed(fact.choices));
}

function number(fact, given, parseUnit) {
  if (typeof given === "string") return withinSpan(fact, given, quantity(fact, given, parseUnit));
  if (typeof given !== "number") {
    throw new Problem(`\`${fact.id}\` is ${written(given)}, and has to be a number`, spanHelp(fact));
  }
  if (fact.low <= given && given <= fact.high) return rounded(given, 10 ** fact.decimals);
  if (Number.isFinite(given)) throw outside(fact, written(given));
  throw new Problem(`\`${fact.id}\` is ${written(given)}, which is not a number`, spanHelp(fact));
}

function withinSpan(fact, text, converted) {
  const [low, high] = fact.span.map(fraction);
  if (isAtMost(low, converted) && isAtMost(converted, high)) return roundedFraction(converted, fact.decimals);
  throw outside(fact, `${written(text)} (${roughly(converted)} ${fact.unit})`);
}

function outside(fact, shown) {
  return new Problem(`\`${fact.id}\` is ${shown}, which is outside what is allowed`, spanHelp(fact));
}

/** A number with a unit, as a fraction in the fact's unit. */
function quantity(fact, text, parseUnit) {
  const start = [...text].slice(0, 200).join("");
  const comma = DECIMAL_COMMA.exec(start);
  if (comma) {
    const help = `write ${comma[1]}.${comma[2]}, with a point`;
    throw new Problem(`\`${fact.id}\` is ${written(text)}, with a comma in the number`, help);
  }
  const match = QUANTITY.exec(strip(start));
  if (!match) throw new Problem(`\`${fact.id}\` is ${written(text)}, and has to be a number`, spanHelp(fact));
  const [, amount, unit] = match;
  if (!unit) {
    const help = `write ${amount} without quotes`;
    throw new Problem(`\`${fact.id}\` is ${written(text)}, which is a text and not a number`, help);
  }
  return times(writtenFraction(amount), factor(fact, text, unit, parseUnit));
}

/** What one of the written unit is in the fact's unit. */
function factor(fact, text, unit, parseUnit) {
  if (unit === fact.unit) return [1n, 1n];
  let found;
  try {
    found = parseUnit(unit);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    throw new Problem(`\`${fact.id}\` is ${written(text)}: ${problem.message}`, spanHelp(fact));
  }
  if (!fact.measures.includes(found.measures)) {
    const wanted = fact.unit ? `its unit is ${fact.unit}` : "it has no unit";
    const message = `\`${fact.id}\` is ${written(text)}, and \`${unit}\` measures something else`;
    throw new Problem(message, `${wanted}; ${spanHelp(fact)}`);
  }
  return times(found.size, power(fraction(fact.size), -1));
}

function spanHelp(fact) {
  return `allowed: ${fact.low} to ${fact.high} ${fact.unit}`.trimEnd();
}

/** A converted number as a message shows it. */
function roughly([numerator, denominator]) {
  if (numerator / denominator >= 10n ** 15n || -numerator / denominator >= 10n ** 15n) {
    return "a very large number";
  }
  return String(roundedFraction([numerator, denominator], 3));
}

/** What was stated, as a message shows it. */
function written(value) {
  if (typeof value === "string") return `"${short(value)}"`;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "a mapping" : short(value);
}

function short(value) {
  const characters = [...String(value)];
  return characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : characters.join("");
}

function strip(text) {
  return text.replace(EDGES, "");
}

/**
 * A function that reads units: `*` and `/` between terms, powers with `^`, and `of` to say what a term measures.
 *
 * It gives the size in base units, and what it measures as a text that is equal for equal dimensions.
 */
function unitParser(dimensions, { sizes, prefixes, others }) {
  const known = new Map(Object.entries(sizes));
  const begun = ["", ...Object.keys(prefixes)];
  const somethingElse = new Set(others);

  function ofPhysics(name) {
    for (const ending of ["", "s"]) {
      for (const prefix of begun) {
        if (!name.startsWith(prefix) || !name.endsWith(ending)) continue;
        const left = name.slice(prefix.length, name.length - ending.length);
        if (!known.has(left) || (ending && left.length === 1) || somethingElse.has(name)) continue;
        const [size, measures] = known.get(left);
        return { size: times(fraction(size), fraction(prefix ? prefixes[prefix] : "1")), measures };
      }
    }
    throw new Problem(`\`${name}\` is not a unit that is known`);
  }

  function atom(name) {
    const declared = dimensions.has(name) || !name.endsWith("s") ? name : name.slice(0, -1);
    switch (dimensions.get(declared)) {
      case "count":
        return { size: [1n, 1n], measures: [[declared, 1]] };
      case "label":
        return { size: [1n, 1n], measures: [] };
      case "kind":
        throw new Problem(`\`${name}\` says what a unit measures; write it after \`of\``);
      default:
        return ofPhysics(name);
    }
  }

  function term(text) {
    if (!text) throw new Problem("a unit is missing before or after `*` or `/`");
    const match = TERM.exec(text);
    if (!match) throw new Problem(`\`${text}\` is not a unit`);
    const [, name, of, exponent = "1"] = match;
    const { size, measures } = atom(name);
    if (of && !dimensions.has(of)) throw new Problem(`\`${of}\` is not declared under \`dimensions\``);
    const kind = of && dimensions.get(of) === "kind" ? ` of ${of}` : "";
    return {
      size: power(size, Number(exponent)),
      measures: measures.map(([base, its]) => [base + kind, its * Number(exponent)]),
    };
  }

  return (text) => {
    if ([...text].length > 100) {
      throw new Problem(`\`${[...text].slice(0, 40).join("")}…\` is too long for a unit`);
    }
    let size = [1n, 1n];
    const measures = new Map();
    for (const [sign, written] of terms(text)) {
      const found = term(written);
      size = times(size, power(found.size, sign));
      for (const [base, its] of found.measures) measures.set(base, (measures.get(base) ?? 0) + sign * its);
    }
    return { size, measures: dimension(measures) };
  };
}

/** Each term with 1, or -1 where it is divided by. */
function terms(text) {
  const pieces = strip(text).split(/([*/·])/);
  const found = [];
  for (let place = 0; place < pieces.length; place += 2) {
    found.push([place > 0 && pieces[place - 1] === "/" ? -1 : 1, strip(pieces[place])]);
  }
  if (found.length > 1 && !found[0][1]) found.shift();
  return found.length === 1 && !found[0][1] ? [] : found;
}

/** A dimension as a text: its base dimensions with their exponents, sorted. */
function dimension(measures) {
  const parts = [...measures].filter(([, exponent]) => exponent !== 0);
  return JSON.stringify(parts.sort(([one], [other]) => (one < other ? -1 : 1)));
}
