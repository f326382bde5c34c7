// Reading off what a valuation rests on: which claims count, which causes hold, what is waited for.
//
// A test is known by its number. What it is made of is data; whether it is true is in the valuation.

/** Reads one person's valuation. What derived facts pass on is worked out once. */
export class Reading {
  constructor(data, definitions, stated, valuation) {
    this.tests = data.tests;
    this.definitions = definitions;
    this.rules = data.rules;
    this.stated = stated;
    this.values = valuation.values;
    this.truths = valuation.truths;
    this.passedOn = new Map();
  }

  /**
   * The single tests that fix the truth of a known test.
   *
   * A true *all* and a false *any* rest on all their members; a true *any* on every true member, a false *all*
   * on every false one.
   */
  deciding(number) {
    const { all, of } = this.tests[number];
    if (!of) return [this.tests[number]];
    const fixed = this.truths[number];
    const members = fixed === all ? of : of.filter((member) => this.truths[member] === fixed);
    return members.flatMap((member) => this.deciding(member));
  }

  /** The claims of the parameters and the facts that the truth of a test rests on. */
  behind(number) {
    if (this.truths[number] === null) return { claims: [], facts: [] };
    const singles = this.deciding(number);
    return { claims: singles.flatMap(({ claims }) => claims), facts: singles.flatMap(({ facts }) => facts) };
  }

  /** The claims a derived fact passes on: those of the rules that gave it its value. */
  ofFact(fact) {
    if (!this.passedOn.has(fact)) this.passedOn.set(fact, [...new Set(this.#ofFact(fact))]);
    return this.passedOn.get(fact);
  }

  #ofFact(fact) {
    const definition = this.definitions.get(fact);
    if (!definition || fact in this.stated || this.values[fact] === null) return [];
    if (!definition.branches) return [...definition.claims, ...this.ofFacts(definition.facts)];
    const gave = definition.branches.filter(
      ({ value, test }) => value === this.values[fact] && this.truths[test],
    );
    return (gave.length > 0 ? gave : definition.branches).flatMap((branch) => this.ofBranch(branch));
  }

  ofFacts(facts) {
    return facts.flatMap((fact) => this.ofFact(fact));
  }

  /** All claims behind one concluding rule: its own, its parameters', and those further back. */
  ofBranch(branch) {
    const { claims, facts } = this.behind(branch.test);
    return [...branch.claims, ...claims, ...this.ofFacts(facts)];
  }

  /** Each claim behind rules that hold, with the strongest way it came: rule, parameter, then chain. */
  ways(rules) {
    const found = { rule: [], parameter: [], chain: [] };
    for (const id of rules) {
      const { claims, parameters, derived, open } = this.rules[id];
      const parts = open.map((test) => this.behind(test));
      found.rule.push(...claims);
      found.parameter.push(...parameters, ...parts.flatMap((part) => part.claims));
      found.chain.push(...this.ofFacts(derived), ...parts.flatMap((part) => this.ofFacts(part.facts)));
    }
    const ways = new Map();
    for (const [via, claims] of Object.entries(found)) {
      for (const claim of claims) if (!ways.has(claim)) ways.set(claim, via);
    }
    return ways;
  }

  /** One row per rule that makes a fact true: its words, its claims, and the rows of what it rests on. */
  causes(fact, worded) {
    const definition = this.definitions.get(fact);
    if (!definition?.concludes) return [];
    return definition.branches
      .filter(({ test }) => this.truths[test])
      .map((branch) => {
        const because = this.deciding(branch.test)
          .filter(({ facts: [tested] }) => this.values[tested] === true)
          .flatMap(({ facts: [tested] }) => this.causes(tested, worded));
        const claims = [...new Set(this.ofBranch(branch))];
        const row = { rule: branch.rule, cause: worded(branch.rule), claims };
        return because.length > 0 ? { ...row, because } : row;
      });
  }

  /** The facts a person could state that would help decide a rule. */
  waitsFor({ test, bounds }) {
    return [...this.#undecided(test), ...this.statedInputs(bounds)];
  }

  /** The facts a person could state that keep these unknown, reached through derived facts. */
  statedInputs(facts) {
    return facts.filter((fact) => this.values[fact] === null).flatMap((fact) => this.#inputs(fact));
  }

  #inputs(fact) {
    const definition = this.definitions.get(fact);
    if (!definition) return [fact];
    if (!definition.branches) return this.statedInputs(definition.facts);
    return definition.branches.flatMap(({ test }) => this.#undecided(test));
  }

  /** What keeps a test unknown; a part already decided asks for nothing. */
  #undecided(number) {
    if (this.truths[number] !== null) return [];
    const { of, facts } = this.tests[number];
    return of ? of.flatMap((member) => this.#undecided(member)) : this.statedInputs(facts);
  }
}
