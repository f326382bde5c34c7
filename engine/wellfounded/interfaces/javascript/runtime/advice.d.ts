/** A number in the unit of its fact, or a text with a unit, such as "176 lb". */
export type Quantity = number | `${number} ${string}`;

export interface Options {
  /** The language of the texts; without it, the knowledge base's first. */
  readonly language?: Language;
  /** Gives only what has at least this support; the rest is in `left_out`. */
  readonly minSupport?: Support;
  /** Gives only what cites a reference. */
  readonly hideUncited?: boolean;
}

/**
 * Advice for a person. Throws `FactError` where a fact cannot be used, `OptionError` for a language or a support
 * that there is not, and `ConflictError` where two rules disagree.
 */
export function advise(facts: Facts, options?: Options): Advice;

/** The value of every fact, and what became of every rule that recommends. Throws as `advise` does. */
export function reason(facts: Facts): Valuation;

/** Every fact that can be stated, in the knowledge base's order: what a form needs. Throws `OptionError`. */
export function statableFacts(options?: { readonly language?: Language }): readonly FactDescription[];

export interface FactDescription {
  readonly id: StatableFact;
  readonly type: "boolean" | "number" | "choice";
  readonly label: string;
  /** One of `values`, or a number from `low` to `high`, both included, in `unit` if there is one. */
  readonly allowed: {
    readonly values?: readonly (boolean | string)[];
    readonly low?: number;
    readonly high?: number;
    readonly unit?: string;
  };
  readonly question?: string;
  readonly help?: string;
  /** What each of the `values` of a choice is called. */
  readonly choices?: Readonly<Record<string, string>>;
}

export interface Valuation {
  readonly values: Readonly<Record<StatableFact | DerivedFact, Value | null>>;
  readonly rules: Readonly<Record<RuleId, Outcome>>;
}

/** Whether a rule holds, `null` where that is unknown; where it does, the bounds of its target. */
export interface Outcome {
  readonly holds: boolean | null;
  readonly low: number | null;
  readonly high: number | null;
}

export type Value = boolean | number | string;

export interface Advice {
  readonly knowledge_base: { readonly id: string; readonly version: string; readonly digest: string };
  readonly engine: string;
  readonly language: Language;
  readonly policy: { readonly min_support: Support; readonly drafts: boolean };
  readonly title: string;
  readonly notice: string;
  readonly facts: Readonly<Partial<Record<StatableFact, Shown<Value>>>>;
  readonly derived: Readonly<Record<DerivedFact, Shown<Value | null>>>;
  readonly recommendations: readonly Recommendation[];
  readonly undecided: readonly Undecided[];
  readonly questions: readonly Question[];
  readonly notes: readonly (StatedNote | ContradictionNote)[];
  readonly left_out: readonly LeftOut[];
  readonly references: Readonly<Record<string, ListedReference>>;
}

/** A value, with the unit of its fact if that has one. */
export interface Shown<Kind> {
  readonly value: Kind;
  readonly unit?: string;
}

export interface Recommendation {
  readonly id: RecommendationId;
  readonly verdict: Verdict;
  readonly title: string;
  readonly text: string;
  readonly rule: RuleId;
  readonly support: Support;
  /** Bounds, one of which may be open, or one value exactly. */
  readonly target: {
    readonly low?: number;
    readonly high?: number;
    readonly is?: number | boolean;
    readonly unit?: string;
  } | null;
  readonly current: Shown<Value> | null;
  readonly sources: readonly Source[];
  /** Rows of a table, or the causes of what the recommendation is about. */
  readonly table?: readonly (Row | Cause)[];
  readonly columns: Readonly<Record<string, string>>;
  readonly status?: Lifecycle;
}

/** The texts of a table's row by column, with its `id`, and perhaps a `remark`. */
export type Row = Readonly<Record<string, string>>;

export interface Cause {
  readonly rule: string;
  readonly cause: string;
  readonly claims: readonly ClaimId[];
  readonly because?: readonly Cause[];
}

export interface Source {
  readonly claim: ClaimId;
  readonly says: string;
  readonly section: string;
  readonly editorial: boolean;
  readonly via: "rule" | "parameter" | "chain";
  readonly cites: readonly { readonly reference: number; readonly support: Support; readonly locator?: Locator }[];
  readonly further?: readonly {
    readonly work: string;
    readonly stance: Support;
    readonly formatted: string;
    readonly locator?: Locator;
  }[];
  readonly status?: Lifecycle;
  readonly counts?: boolean;
}

export interface Locator {
  readonly label: string;
  readonly value: string;
}

export interface Undecided {
  readonly id: RecommendationId;
  readonly title: string;
  readonly waits_for: readonly StatableFact[];
}

export interface Question {
  readonly fact: StatableFact;
  readonly question: string;
  readonly decides: readonly RecommendationId[];
  readonly sharpens: readonly RecommendationId[];
  readonly help?: string;
}

export interface StatedNote {
  readonly kind: "stated-against-derived";
  readonly text: string;
  readonly fact: StatableFact;
  readonly stated: number;
  readonly derived: number;
}

export interface ContradictionNote {
  readonly kind: "contradicting-claims";
  readonly text: string;
  readonly claims: readonly ClaimId[];
}

export interface LeftOut {
  readonly id: RecommendationId;
  readonly title: string;
  readonly reason: string;
}

export interface ListedReference {
  readonly number: number;
  readonly csl: Readonly<Record<string, unknown>>;
  readonly status: Status;
  readonly formatted: string;
}

/** What was stated of a person cannot be used; `problems` says all that is wrong. */
export class FactError extends Error {
  readonly problems: readonly { readonly fact: string; readonly message: string; readonly help: string }[];
}

/** Two rules give one fact or one topic different values to the same person. */
export class ConflictError extends Error {
  readonly about: string;
  readonly rules: readonly [string, string];
}

/** An option that there is not, or one with a value that it cannot have, such as a language it does not speak. */
export class OptionError extends Error {}
