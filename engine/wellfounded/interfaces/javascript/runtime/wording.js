// Filling authors' texts with a person's numbers, in one language.

import { numberText, shownTogether, withUnit } from "./numbers.js";

/** Words the texts of one knowledge base in one language. */
export class Wording {
  constructor(data, language) {
    this.language = language;
    this.texts = data.texts[language];
    this.facts = new Map(data.facts.map((fact) => [fact.id, fact]));
  }

  /** What a rule says with a verdict; one that says nothing with it says its title. */
  says(rule, verdict, values, aim = null) {
    const { title, says } = this.texts.rules[rule];
    const pieces = says[verdict] ?? [title];
    const shown = aim ? this.#aim(aim) : {};
    return pieces.map((piece) => (typeof piece === "string" ? piece : this.#slot(piece, values, shown))).join("");
  }

  /** A slot is the name of a fact, or `target` or `current`, and perhaps the end of a range. */
  #slot([name, end], values, shown) {
    if (name === "target" || name === "current") return shown[end ? `${name}.${end}` : name] ?? "";
    return this.value(name, values[name]);
  }

  /** A fact's value as people read it; empty where it is unknown or a bare yes/no. */
  value(id, value) {
    if (value === null || typeof value === "boolean") return "";
    if (typeof value === "string") return this.texts.facts[id].choices[value];
    const [, , shown] = shownTogether(null, null, value, this.facts.get(id).shownDecimals);
    return this.quantity(id, shown);
  }

  /** A number with the unit of a fact. */
  quantity(id, number) {
    return this.#withUnit(id, numberText(number, this.texts.symbols), number);
  }

  /** Two numbers with one unit, such as 4–6 meals a day. */
  #range(id, low, high) {
    const { symbols } = this.texts;
    return this.#withUnit(id, `${numberText(low, symbols)}–${numberText(high, symbols)}`, high);
  }

  #withUnit(id, text, number) {
    return withUnit(text, number, this.texts.facts[id].pattern, this.language);
  }

  /** A target and the present value, as the slots for them show it. */
  #aim({ fact, low, high, current }) {
    const decimals = this.facts.get(fact).shownDecimals;
    const [shownLow, shownHigh, shownCurrent] = shownTogether(low, high, current, decimals);
    const shown = {};
    if (shownLow !== null) shown["target.low"] = shown.target = this.quantity(fact, shownLow);
    if (shownHigh !== null) shown["target.high"] = shown.target = this.quantity(fact, shownHigh);
    if (shownLow !== null && shownHigh !== null && shownLow !== shownHigh) {
      shown.target = this.#range(fact, shownLow, shownHigh);
    }
    if (shownCurrent !== null) shown.current = this.quantity(fact, shownCurrent);
    return shown;
  }

  /** One of the engine's own phrases. */
  phrase(name, filled = {}) {
    return this.texts.phrases[name].replace(/\{(\w+)\}/g, (_, slot) => filled[slot]);
  }
}
