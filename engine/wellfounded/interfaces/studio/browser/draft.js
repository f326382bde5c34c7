// What is typed and not saved stays in the browser, whatever becomes of the page or the server. Each tab keeps its
// own, so that none writes over another's; a tab without one is offered the newest there is.
const tab = () => {
  try {
    return (sessionStorage.tab ??= String(Math.random()).slice(2));
  } catch {
    return "";
  }
};

// Of a page that somebody goes back to, all may have been saved since; what was not is kept already.
const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

export function drafts(key) {
  const all = `draft:${key}#`;
  const own = all + tab();
  const read = place => JSON.parse(localStorage.getItem(place));
  const unsaved = document.getElementById("unsaved");
  const asked = document.getElementById("draft");
  const said = asked?.querySelector("p");
  return {
    keep(values) {
      try {
        localStorage.setItem(own, JSON.stringify({ ...values, at: Date.now() }));
      } catch { /* the browser has no room, or keeps nothing; the text is still in the page */ }
      unsaved.textContent = said.dataset.unsaved;
    },
    isDone: () => isBack && !localStorage.getItem(own),
    drop() {
      localStorage.removeItem(own);
      unsaved.textContent = "";
    },
    get() {
      try {
        const others = Object.keys(localStorage).filter(name => name.startsWith(all) && name !== own);
        const found = others.map(place => ({ ...read(place), place }));
        return read(own) ?? found.sort((one, other) => other.at - one.at)[0] ?? null;
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
        if (draft.place) localStorage.removeItem(draft.place);
        (target.value === "go" ? take : leave)();
      });
    },
  };
}
