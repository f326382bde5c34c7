// The errors that a caller can meet. Each message is a sentence for the person who caused it.

/** What was stated of a person cannot be used; `problems` says all that is wrong. */
export class FactError extends Error {
  constructor(problems) {
    super(problems.map(({ message, help }) => (help ? `${message}; ${help}` : message)).join("\n"));
    this.name = "FactError";
    this.problems = problems;
  }
}

/** Two rules give one fact or one topic different values to the same person. */
export class ConflictError extends Error {
  constructor(about, rules) {
    const names = rules.map((rule) => `\`${rule}\``).join(" and ");
    super(`the rules ${names} give \`${about}\` different values for this person; one of them has to be narrowed`);
    this.name = "ConflictError";
    this.about = about;
    this.rules = rules;
  }
}

/** An option that there is not, or one with a value that it cannot have, such as a language it does not speak. */
export class OptionError extends Error {
  constructor(message) {
    super(message);
    this.name = "OptionError";
  }
}

/** Rules that hold give a derived choice different values: throw for the first two that do. */
export function conflict(fact, branches) {
  const holding = branches.filter(([, , truth]) => truth);
  const [first, chosen] = holding[0];
  const [other] = holding.find(([, value]) => value !== chosen);
  throw new ConflictError(fact, [first, other]);
}

/** The first few names of many, for a message. */
export function listed(names, most = 12) {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `allowed: ${shown}, … (${names.length} in all)` : `allowed: ${shown}`;
}
