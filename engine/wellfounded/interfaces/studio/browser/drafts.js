// A form that remembers what is filled in until it is saved.
import { drafts } from "./draft.js";

const form = document.querySelector("form[data-draft]");
if (form) {
  const kept = drafts(form.dataset.draft);
  const keep = () => {
    const { seen, ...values } = Object.fromEntries(new FormData(form));
    kept.keep({ values });
  };
  const fill = values => {
    for (const control of form.elements) {
      if (!(control.name in values)) continue;
      if (control.type === "radio") control.checked = control.value === values[control.name];
      else control.value = values[control.name];
    }
    keep();
  };
  const draft = kept.get();
  const digest = form.elements.digest ?? form.elements["based-on"];
  const isSaved = form.dataset.source !== "read" && draft?.values[digest.name] !== digest.value;
  if (form.dataset.source === "typed") kept.isDone() || keep();
  else if (isSaved) kept.drop();
  else if (draft) kept.offer(draft, () => fill(draft.values), () => (kept.drop(), form.reset()));
  form.addEventListener("input", keep);
}
