// Facts and their valuation → advice, in one language.

import { checkedOptions, statable } from "./asked.js";
import { ConflictError, OptionError, listed } from "./errors.js";
import { Reading } from "./reading.js";
import { checker } from "./stated.js";
import { Wording } from "./wording.js";

/**
 * What a module gives: `advise`, `reason` and `statableFacts`.
 *
 * `value` values checked facts; `preview` does with drafts counting, to say what they would give. Holds nothing
 * of a person. What many pieces of advice share is frozen.
 */
export function knowledgeBase(data, value, preview = value) {
  deepFreeze(data);
  const check = checker(data);
  const editions = new Map(data.languages.map((language) => [language, new Edition(data, language, preview)]));

  function editionIn(language) {
    const edition = editions.get(language ?? data.languages[0]);
    if (edition) return edition;
    throw new OptionError(`\`${language}\` is not a language of this knowledge base; ${listed(data.languages)}`);
  }

  function advise(facts, options) {
    const asked = checkedOptions(options, ["language", "minSupport", "hideUncited"]);
    const edition = editionIn(asked.language);
    const least = leastSupport(data.supports, asked);
    const stated = check(facts);
    return edition.advise(stated, value(stated), least);
  }

  function reason(facts) {
    const { values, rules } = value(check(facts));
    return { values, rules };
  }

  function statableFacts(options) {
    return statable(data, editionIn(checkedOptions(options, ["language"]).language).language);
  }

  return { advise, reason, statableFacts };
}

function deepFreeze(data) {
  if (typeof data !== "object" || data === null) return;
  Object.freeze(data);
  Object.values(data).forEach(deepFreeze);
}

/** The support asked for; `supports` has the strongest first. */
function leastSupport(supports, { minSupport, hideUncited }) {
  if (typeof (hideUncited ?? false) !== "boolean") {
    throw new OptionError(`\`hideUncited\` is \`${String(hideUncited)}\`, and has to be true or false`);
  }
  const weakest = supports.length - 1;
  const asked = (minSupport ?? null) === null ? weakest : supports.indexOf(minSupport);
  if (asked < 0) throw new OptionError(`\`${minSupport}\` is not a support; ${listed(supports)}`);
  return supports[hideUncited ? Math.min(asked, weakest - 1) : asked];
}

/** A knowledge base in one language. */
class Edition {
  constructor(data, language, preview) {
    this.data = data;
    this.language = language;
    this.preview = preview;
    this.wording = new Wording(data, language);
    this.texts = data.texts[language];
    this.sources = new Map();
    this.definitions = new Map(Object.entries(data.definitions));
    this.facts = new Map(data.facts.map((fact) => [fact.id, fact]));
    this.place = new Map(data.facts.map((fact, place) => [fact.id, place]));
    this.strength = new Map(data.supports.map((support, place) => [support, -place]));
  }

  advise(stated, valuation, least) {
    const { data, texts } = this;
    const { given, leftOut, undecided, sharper } = this.#topics(stated, valuation, least);
    const recommendations = this.#inOrder(given);
    return {
      knowledge_base: data.identity,
      engine: data.engine,
      language: this.language,
      policy: { min_support: least, drafts: data.drafts },
      title: texts.title,
      notice: texts.notice,
      facts: this.#quantities(Object.keys(stated), stated),
      derived: this.#quantities(data.derived, valuation.values),
      recommendations,
      undecided,
      questions: this.#questions(undecided, sharper),
      notes: [...this.#statedNotes(stated, valuation), ...this.#contradictions(recommendations)],
      left_out: [...leftOut, ...this.#withheld(stated, valuation)],
      references: this.#references(recommendations),
    };
  }

  /** What becomes of every topic; `sharper` has the facts that would sharpen one from `meet`. */
  #topics(stated, valuation, least) {
    const reading = new Reading(this.data, this.definitions, stated, valuation);
    const found = { given: [], leftOut: [], undecided: [], sharper: [] };
    for (const { id, rules } of this.data.topics) {
      const holding = rules.filter((rule) => valuation.rules[rule].holds);
      if (holding.length > 0) {
        const { first, target } = this.data.rules[holding[0]];
        const recommendation = this.#recommendation(id, holding, valuation, reading);
        if (this.#isLess(recommendation.support, least) && !first) {
          found.leftOut.push(this.#leftOut(recommendation, least));
          continue;
        }
        found.given.push(recommendation);
        if (recommendation.verdict === "meet") found.sharper.push([id, reading.statedInputs([target.fact])]);
      } else {
        const unknown = rules.filter((rule) => valuation.rules[rule].holds === null);
        if (unknown.length > 0) found.undecided.push(this.#undecided(id, unknown, reading));
      }
    }
    return found;
  }

  /** What comes first, then by verdict, and else as the author has them. */
  #inOrder(recommendations) {
    const rank = ({ rule, verdict }) => (this.data.rules[rule].first ? 0 : this.data.ranks[verdict]);
    return [...recommendations].sort((one, other) => rank(one) - rank(other));
  }

  #quantities(facts, values) {
    return Object.fromEntries(facts.map((fact) => [fact, this.#quantity(fact, values[fact])]));
  }

  #quantity(fact, value) {
    const { unit } = this.facts.get(fact);
    return unit ? { value, unit } : { value };
  }

  #isLess(support, least) {
    return this.strength.get(support) < this.strength.get(least);
  }

  #recommendation(topic, holding, valuation, reading) {
    const [id] = holding;
    const rule = this.data.rules[id];
    const { low, high } = valuation.rules[id];
    const verdict = this.#agreedVerdict(topic, holding, valuation);
    const fact = rule.target?.fact;
    const current = fact === undefined ? null : valuation.values[fact];
    const aim = rule.target && rule.target.kind !== "value" ? { fact, low, high, current } : null;
    const ways = reading.ways(holding);
    const table = this.#table(rule, valuation, reading);
    return {
      id: topic,
      verdict,
      title: this.texts.rules[id].title,
      text: this.wording.says(id, verdict, valuation.values, aim),
      rule: id,
      support: this.#support(ways),
      target: rule.target ? this.#target(rule.target, low, high) : null,
      current: current === null ? null : this.#quantity(fact, current),
      sources: [...ways].map(([claim, via]) => this.#source(claim, via)),
      ...(table && { table }),
      columns: rule.table ? this.texts.tables[rule.table].columns : {},
      ...(rule.status && { status: rule.status }),
    };
  }

  /** The causes of what a rule is about, or the rows of its table, if it has either. */
  #table({ causesOf, table }, { values, truths }, reading) {
    if (causesOf) return reading.causes(causesOf, (rule) => this.wording.says(rule, "", values));
    return table ? this.#rows(table, truths) : null;
  }

  /** The verdict of the rules that hold for a topic; throws where they disagree. */
  #agreedVerdict(topic, holding, valuation) {
    const verdict = this.#verdict(holding[0], valuation);
    if (holding.length === 1) return verdict;
    const asked = holding.map((id) => {
      const { target } = this.data.rules[id];
      const { low, high } = valuation.rules[id];
      const aimed = target ? [target.fact, this.#target(target, low, high)] : null;
      return JSON.stringify([this.#verdict(id, valuation), aimed]);
    });
    const other = asked.findIndex((its) => its !== asked[0]);
    if (other > 0) throw new ConflictError(topic, [holding[0], holding[other]]);
    return verdict;
  }

  /** The verdict of a rule that holds. Bounds are inclusive; an unknown present value gives `meet`. */
  #verdict(id, { values, rules }) {
    const { target, verdict } = this.data.rules[id];
    if (!target) return verdict;
    const current = values[target.fact];
    if (current === null) return "meet";
    if (target.kind === "value") {
      if (current === target.value) return "keep";
      return target.value ? "start" : "stop";
    }
    const { low, high } = rules[id];
    if (low !== null && current < low) return "raise";
    return high !== null && current > high ? "lower" : "keep";
  }

  #target({ fact, kind, value }, low, high) {
    if (kind === "value") return { is: value };
    const target = kind === "exact" ? { is: low } : {};
    if (kind !== "exact" && low !== null) target.low = low;
    if (kind !== "exact" && high !== null) target.high = high;
    const { unit } = this.facts.get(fact);
    return unit ? { ...target, unit } : target;
  }

  /** The best support among the claims that count; what only came through a derived fact is none. */
  #support(ways) {
    let best = this.data.supports.at(-1);
    for (const [claim, via] of ways) {
      const { support } = this.data.claims[claim];
      if (via !== "chain" && this.#isLess(best, support)) best = support;
    }
    return best;
  }

  /** A claim as a source; the same one for everyone, and so frozen. */
  #source(claim, via) {
    const key = `${via} ${claim}`;
    if (!this.sources.has(key)) {
      const { section, editorial, shown } = this.data.claims[claim];
      const source = { claim, says: this.texts.claims[claim], section, editorial, via, ...shown };
      this.sources.set(key, Object.freeze(source));
    }
    return this.sources.get(key);
  }

  /** The rows that fit a person: a row is left out where its condition is false, not where unknown. */
  #rows(table, truths) {
    const { rows } = this.texts.tables[table];
    return this.data.tables[table].flatMap(({ test, remarks }, place) => {
      if (test !== null && truths[test] === false) return [];
      const { cells, says } = rows[place];
      const said = says.filter((_, at) => remarks[at] === null || truths[remarks[at]]);
      return [said.length > 0 ? { ...cells, remark: said.join(" ") } : cells];
    });
  }

  #leftOut({ id, title, support }, least) {
    const weakest = least === this.data.supports.at(-2);
    const asked = this.wording.phrase(weakest ? "any_reference" : `behind_${least}`);
    const found = this.wording.phrase(`behind_${support}`);
    return { id, title, reason: this.wording.phrase("too_little_support", { found, asked }) };
  }

  /** What drafts and retired rules would say of topics on which every rule in force is silent. */
  #withheld(stated, valuation) {
    const { withheld, topics } = this.data;
    if (withheld.length === 0) return [];
    const withDrafts = this.#withDrafts(stated, valuation);
    const found = new Map();
    for (const { rule, topic, status } of withheld) {
      const inForce = topics.find(({ id }) => id === topic)?.rules ?? [];
      const silent = inForce.every((other) => valuation.rules[other].holds === false);
      if (silent && !found.has(topic) && (valuation.rules[rule].holds || withDrafts.rules[rule].holds)) {
        const reason = this.wording.phrase(`is_${status}`);
        found.set(topic, { id: topic, title: this.texts.rules[rule].title, reason });
      }
    }
    return [...found.values()];
  }

  #withDrafts(stated, valuation) {
    try {
      return this.preview(stated);
    } catch (error) {
      if (error instanceof ConflictError) return valuation;
      throw error;
    }
  }

  #undecided(id, unknown, reading) {
    const waited = new Set(unknown.flatMap((rule) => reading.waitsFor(this.data.rules[rule])));
    const title = this.texts.rules[unknown[0]].title;
    return { id, title, waits_for: [...waited].sort((one, other) => this.#before(one, other)) };
  }

  #isAmount(fact) {
    return this.facts.get(fact).type === "number";
  }

  #before(one, other) {
    return this.place.get(one) - this.place.get(other);
  }

  /** Most decisive first: what helps decide most, conditions before amounts, what sharpens most, the author's order. */
  #questions(undecided, sharper) {
    const asked = new Map();
    const entry = (fact) => {
      if (!asked.has(fact)) asked.set(fact, { fact, decides: [], sharpens: [] });
      return asked.get(fact);
    };
    for (const { id, waits_for } of undecided) for (const fact of waits_for) entry(fact).decides.push(id);
    for (const [topic, facts] of sharper) for (const fact of new Set(facts)) entry(fact).sharpens.push(topic);
    const ranked = [...asked.values()].sort(
      (one, other) =>
        other.decides.length - one.decides.length ||
        this.#isAmount(one.fact) - this.#isAmount(other.fact) ||
        other.sharpens.length - one.sharpens.length ||
        this.#before(one.fact, other.fact),
    );
    return ranked.map(({ fact, decides, sharpens }) => {
      const { question, help } = this.texts.facts[fact];
      return help ? { fact, question, decides, sharpens, help } : { fact, question, decides, sharpens };
    });
  }

  #statedNotes(stated, { computed }) {
    return Object.entries(computed)
      .filter(([fact, derived]) => fact in stated && derived !== null && stated[fact] !== derived)
      .map(([fact, derived]) => {
        const text = this.wording.phrase("stated_against_derived", {
          fact: this.texts.facts[fact].label,
          stated: this.wording.quantity(fact, stated[fact]),
          derived: this.wording.value(fact, derived),
        });
        return { kind: "stated-against-derived", text, fact, stated: stated[fact], derived };
      });
  }

  /** A note for every recorded contradiction that a claim among the sources is part of. */
  #contradictions(recommendations) {
    const claims = recommendations.flatMap(({ sources }) => sources.map(({ claim }) => claim));
    const recorded = new Set(claims.flatMap((claim) => this.data.claims[claim].contradictedBy));
    return [...recorded].map((id) => ({
      kind: "contradicting-claims",
      text: this.texts.contradictions[id],
      claims: this.data.contradictions[id],
    }));
  }

  #references(recommendations) {
    const cites = recommendations.flatMap(({ sources }) => sources.flatMap((source) => source.cites));
    const numbers = [...new Set(cites.map(({ reference }) => reference))].sort((one, other) => one - other);
    return Object.fromEntries(numbers.map((number) => [number, this.data.references[number]]));
  }
}
