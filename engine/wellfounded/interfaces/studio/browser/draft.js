// What is typed and not saved stays in the browser, whatever becomes of the page or the server.
export function drafts(key) {
  const place = `draft:${key}`;
  const unsaved = document.getElementById("unsaved");
  const asked = document.getElementById("draft");
  const said = asked?.querySelector("p");
  return {
    keep(values) {
      try {
        localStorage.setItem(place, JSON.stringify({ ...values, at: Date.now() }));
      } catch { /* the browser has no room, or keeps nothing; the text is still in the page */ }
      unsaved.textContent = said.dataset.unsaved;
    },
    drop() {
      localStorage.removeItem(place);
      unsaved.textContent = "";
    },
    get() {
      try {
        return JSON.parse(localStorage.getItem(place));
      } catch {
        return null;
      }
    },
    offer(draft, take, leave) {
      const at = new Date(draft.at);
      const { lang } = document.documentElement;
      const today = at.toDateString() === new Date().toDateString();
      const day = today ? [] : [at.toLocaleDateString(lang, { dateStyle: "medium" })];
      const time = at.toLocaleTimeString(lang, { timeStyle: "short", hourCycle: "h23" });
      said.textContent = said.dataset.says.replace("{at}", [...day, time].join(", "));
      asked.hidden = false;
      asked.addEventListener("click", ({ target }) => {
        if (!target.value) return;
        asked.hidden = true;
        (target.value === "go" ? take : leave)();
      });
    },
  };
}
