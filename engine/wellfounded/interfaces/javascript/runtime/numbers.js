// Numbers: the one way they are rounded, decimals and fractions without error, and how they are written.

/**
 * Added to a double below 2**51 and taken away again, this leaves the nearest whole number, half to even:
 * between 2**52 and 2**53 doubles are the whole numbers.
 */
const WHOLE = 1.5 * 2 ** 52;

/** No computed number has more decimals. */
const DECIMALS = 9;

/** A number rounded once: scaled, rounded half to even, scaled back. Never -0. */
export function rounded(number, scale) {
  return (number * scale + WHOLE - WHOLE) / scale;
}

// Fractions, as pairs of a numerator and a denominator above 0.

/** A fraction as data holds it: "3/4", or "3". */
export function fraction(text) {
  const [numerator, denominator = "1"] = text.split("/");
  return [BigInt(numerator), BigInt(denominator)];
}

export function times([a, b], [c, d]) {
  return [a * c, b * d];
}

/** To the power of a whole number; a negative one only of what is above 0. */
export function power([a, b], exponent) {
  const [over, under] = exponent < 0 ? [b, a] : [a, b];
  const size = BigInt(Math.abs(exponent));
  return [over ** size, under ** size];
}

export function isAtMost([a, b], [c, d]) {
  return a * d <= c * b;
}

/** The double nearest to a fraction rounded to so many decimals, half to even. */
export function roundedFraction([a, b], decimals) {
  return scaledBack(quotient(a * 10n ** BigInt(decimals), b, "half-even"), decimals);
}

/** A decimal number as somebody wrote it, such as "-1.5e3". */
export function writtenFraction(text) {
  const { digits, places } = decimal(text);
  return [digits, 10n ** BigInt(places)];
}

// Decimals, as digits and how many of them are decimals.

/** A number by its shortest digits, or a text that is one. */
function decimal(number) {
  const [, sign, whole, part = "", exponent = "0"] = /^([-+]?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(number);
  const digits = BigInt(whole + part) * (sign === "-" ? -1n : 1n);
  const places = part.length - Number(exponent);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

/** A whole quotient; the divisor is above 0. */
function quotient(dividend, divisor, rounding) {
  const rest = ((dividend % divisor) + divisor) % divisor;
  const below = (dividend - rest) / divisor;
  const up = {
    up: rest > 0n,
    down: false,
    "half-even": rest * 2n > divisor || (rest * 2n === divisor && below % 2n !== 0n),
  };
  return up[rounding] ? below + 1n : below;
}

function scaledBack(digits, places) {
  return Number(`${digits}e-${places}`);
}

function roundedTo(number, places, rounding) {
  const exact = decimal(number);
  if (exact.places <= places) return number;
  return scaledBack(quotient(exact.digits, 10n ** BigInt(exact.places - places), rounding), places);
}

/**
 * Bounds and a present value as they are shown, `null` for what there is not.
 *
 * Bounds are rounded inward, so that who follows what is shown is within. There are as many decimals as it
 * takes for the bounds not to cross, and for the value to stand on the same side of them as it really does.
 */
export function shownTogether(low, high, current, decimals) {
  for (let places = decimals; places < DECIMALS; places++) {
    const shownLow = low === null ? null : roundedTo(low, places, "up");
    const shownHigh = high === null ? null : roundedTo(high, places, "down");
    const shown = current === null ? null : roundedTo(current, places, "half-even");
    const crossed = shownLow !== null && shownHigh !== null && shownLow > shownHigh;
    if (!crossed && sides(shownLow, shownHigh, shown) === sides(low, high, current)) {
      return [shownLow, shownHigh, shown];
    }
  }
  return [low, high, current];
}

/** Whether a value is below the low and above the high bound. */
function sides(low, high, current) {
  if (current === null) return "";
  return `${low !== null && current < low} ${high !== null && current > high}`;
}

/** A number with all its decimals, such as 1,6 in Dutch; `symbols` are minus, group and decimal sign. */
export function numberText(number, { minus, group, point }) {
  const { digits, places } = decimal(number);
  const written = String(digits < 0n ? -digits : digits).padStart(places + 1, "0");
  const whole = written.slice(0, written.length - places).replace(/\B(?=(\d{3})+$)/g, () => group);
  const part = written.slice(written.length - places).replace(/0+$/, "");
  return (digits < 0n ? minus : "") + whole + (part && point + part);
}

/** The number in its unit's phrase, in the plural form that the language asks for. */
export function withUnit(text, number, pattern, language) {
  if (!pattern) return text;
  const [one, other] = pattern;
  const phrase = one !== other && pluralForm(number, language) === "one" ? one : other;
  return phrase.split("{number}").join(text);
}

const pluralRules = new Map();

function pluralForm(number, language) {
  if (!pluralRules.has(language)) {
    pluralRules.set(language, new Intl.PluralRules(language, { maximumFractionDigits: DECIMALS }));
  }
  return pluralRules.get(language).select(number);
}
