// What a shop writes; each line after @ts-expect-error has to be refused.
import { advise, FactError, reason, statableFacts, type Advice, type Facts, type RecommendationId } from "./muscle-gain.mjs";

const facts: Facts = { goal: "muscle_gain", age: 31, healthy: true, body_mass: "176 lb", sleep_duration: null };

export function shown(stated: Facts): string[] {
  try {
    const advice: Advice = advise(stated, { language: "en", minSupport: "partly" });
    const ids: RecommendationId[] = advice.recommendations.map(({ id }) => id);
    const low: number | undefined = advice.recommendations[0]?.target?.low;
    const missing = advice.questions.map(({ fact }) => stated[fact] ?? fact);
    return [...ids, `${low}`, `${advice.derived.in_scope.value}`, ...missing.map(String)];
  } catch (error) {
    if (error instanceof FactError) return error.problems.map(({ fact, message }) => `${fact}: ${message}`);
    throw error;
  }
}

shown(facts);
const fields: string[] = statableFacts({ language: "nl" }).map(({ id, label, question, allowed, choices }) => {
  const answers = allowed.values?.map((value) => choices?.[String(value)] ?? String(value)) ?? [];
  return `${facts[id] ?? ""} ${question ?? label} ${answers.join()} ${allowed.low?.toFixed()} ${allowed.unit}`;
});
fields.forEach((field) => console.log(field));
reason(facts).rules["protein-daily"].low?.toFixed(1);

// @ts-expect-error: a fact that there is not
advise({ gaol: "muscle_gain" });
// @ts-expect-error: a choice that there is not
advise({ goal: "muscle" });
// @ts-expect-error: a text that is no number with a unit
advise({ body_mass: "heavy" });
// @ts-expect-error: a derived fact
advise({ in_scope: true });
// @ts-expect-error: a language that it does not speak
advise({}, { language: "fr" });
// @ts-expect-error: a language that it does not speak
statableFacts({ language: "fr" });
// @ts-expect-error: an option that there is not
advise({}, { min_support: "partly" });
// @ts-expect-error: a recommendation that there is not
advise({}).recommendations.find(({ id }) => id === "protein");
// @ts-expect-error: what is shared stays as it is
advise({}).recommendations[0]!.text = "";
