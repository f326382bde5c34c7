// The field of a file becomes an editor. Without this script it stays a field, and all works with buttons.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, linter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { drafts } from "./draft.js";
import { phrases } from "./phrases.js";

const field = document.querySelector("textarea[data-editor]");
const form = document.getElementById("file");
const region = id => document.getElementById(id);
let view;

// What the server is asked about the text as it is now; nothing where it cannot answer.
async function ask(what, text, at = 0, signal) {
  const address = `${field.dataset.ask}${what}/${field.dataset.file}?desk=${form.elements.desk.value}&at=${at}`;
  try {
    const answer = await fetch(address, { method: "POST", body: text, signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

const check = linter(async ({ state }) => {
  const text = state.doc.toString();
  const found = await ask("check", text);
  if (!found || view.state.doc !== state.doc) return [];
  const old = region("problems");
  old.outerHTML = found.html;
  return found.problems.map(({ mend, ...problem }) => ({
    ...problem,
    to: Math.min(problem.to, text.length),
    actions: mend ? [{ name: mend.name, apply: target => put(target, mend) }] : [],
  }));
}, { delay: 60 });

const put = (target, { from, to, text }) => {
  target.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
  target.focus();
};

async function complete(context) {
  const word = context.matchBefore(/[\w-]*/);
  if (!context.explicit && word.from === word.to && !/[{[:\s]/.test(context.matchBefore(/./)?.text ?? "")) return null;
  const found = await ask("complete", context.state.doc.toString(), context.pos);
  if (!found?.options.length || context.aborted) return null;
  const from = Math.max(...found.options.map(option => option.from));
  const options = found.options.map(option => ({
    label: option.label,
    type: option.type,
    detail: option.detail,
    info: option.info || undefined,
    apply: (target, _, start, to) =>
      put(target, { from: start - from + option.from, to, text: option.text }),
  }));
  return { from, options, validFor: /^[\w-]*$/ };
}

const about = hoverTooltip(async ({ state }, pos) => {
  const found = await ask("hover", state.doc.toString(), pos);
  if (!found?.text) return null;
  const create = () => {
    const dom = document.createElement("div");
    dom.className = "about";
    dom.textContent = found.text;
    for (const place of found.defined) {
      const link = dom.appendChild(document.createElement("a"));
      link.href = place.address;
      link.textContent = field.dataset.follow.replace("{name}", place.name);
    }
    return { dom };
  };
  return { pos: found.from, end: found.to, create };
});

function follow(target, pos = target.state.selection.main.head) {
  ask("hover", target.state.doc.toString(), pos).then(found => {
    const [place] = found?.defined ?? [];
    if (place) location.href = place.address;
  });
  return true;
}

// The server's answer to the form is a whole page; what changed in it takes the place of what is here.
const running = {};
async function send(action, ...ids) {
  running[action]?.abort();
  const { signal } = (running[action] = new AbortController());
  const body = new URLSearchParams(new FormData(form));
  body.set("do", action);
  const answer = await fetch(form.action, { method: "POST", body, signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ids) show(page, id);
  return { answer, page };
}

function show(page, id) {
  const made = page.getElementById(id);
  if (made) region(id).replaceWith(made);
}

async function find(action) {
  const old = region(action.replace("-here", ""));
  old.classList.add("waiting");
  const status = old.querySelector("[role=status]");
  status.textContent = old.dataset.wait;
  form.elements.line.value = view.state.doc.lineAt(view.state.selection.main.head).number;
  try {
    await send(action, old.id);
    if (region(old.id) === old) leave(action); // a page of its own says why nothing was found
  } catch (error) {
    if (error.name === "AbortError") return; // something newer takes its place
    old.classList.remove("waiting");
    status.textContent = old.dataset.lost;
  }
}

// One save after the other: the next is of what the one before it wrote.
let saved = Promise.resolve();
const save = action => (saved = saved.then(() => write(action)));

async function write(action = "save") {
  const sent = view.state.doc.toString();
  let done;
  try {
    done = await send(action, "state");
  } catch {
    region("state").textContent = field.dataset.lost;
    return;
  }
  const { answer, page } = done;
  if (![200, 422].includes(answer.status)) {
    leave("save"); // a page of its own says what happened
    return new Promise(() => {});
  }
  if (!answer.redirected) return;
  for (const name of ["base", "digest"]) form.elements[name].value = page.querySelector(`[name=${name}]`).value;
  keep();
  if (sent !== view.state.doc.toString()) return;
  clearTimeout(pause); // what saving would do is done
  running.effects?.abort();
  show(page, "effects");
}

function leave(action) {
  const button = form.appendChild(document.createElement("button"));
  Object.assign(button, { name: "do", value: action, hidden: true });
  form.requestSubmit(button);
}

const kept = form && drafts(field.dataset.draft);
const keep = () => {
  const [base, digest, text] = [form.elements.base.value, form.elements.digest.value, view.state.doc.toString()];
  if (text === base) kept.drop();
  else kept.keep({ text, base, digest });
};

let pause;
const changed = EditorView.updateListener.of(update => {
  if (!update.docChanged) return;
  field.value = update.state.doc.toString();
  keep();
  clearTimeout(pause);
  pause = setTimeout(() => find("effects"), 1000);
});

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: ".9rem", borderRadius: ".3em" },
  "&.cm-focused": { outline: "2px solid var(--link)" },
  ".cm-scroller": { fontFamily: "ui-monospace, monospace", lineHeight: "1.5", maxHeight: "60vh", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", minHeight: "12rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { color: "var(--quiet)", backgroundColor: "var(--shade)", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--here)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-selectionMatch":
    { backgroundColor: "var(--chosen)" },
  ".cm-tooltip, .cm-panels": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--quiet)", maxWidth: "min(34rem, 90vw)" },
  ".cm-panels": { maxWidth: "none" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--ink)", backgroundColor: "var(--chosen)" },
  ".cm-completionInfo, .about": { whiteSpace: "pre-wrap", fontFamily: "system-ui, sans-serif", fontSize: ".85rem", maxHeight: "20rem", overflow: "auto" },
  ".about": { padding: ".5rem .75rem" },
  ".about a": { display: "block", color: "var(--link)", marginTop: ".5rem" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap", fontFamily: "system-ui, sans-serif", fontSize: ".85rem" },
  ".cm-diagnosticAction, .cm-button, .cm-textfield": {
    color: "var(--ink)", background: "var(--shade)", border: "1px solid var(--quiet)", borderRadius: ".25em", font: "inherit",
  },
  ".cm-diagnosticAction": { display: "block", margin: ".25rem 0 0", padding: ".2rem .5rem" },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--key)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--number)" },
  { tag: tags.comment, color: "var(--comment)", fontStyle: "italic" },
]);

const keys = [
  { key: "Mod-s", run: () => (save(), true), preventDefault: true },
  { key: "Alt-Enter", run: target => follow(target) },
];

function extensions() {
  const shown = [
    lineNumbers(), yaml(), syntaxHighlighting(colours), drawSelection(), highlightActiveLine(), highlightActiveLineGutter(),
    highlightSelectionMatches(), search({ top: true }), EditorView.lineWrapping, theme, indentUnit.of("  "),
    EditorState.phrases.of(phrases[field.dataset.language] ?? {}),
    EditorView.contentAttributes.of({ "aria-label": field.labels[0].textContent, tabindex: "0" }),
  ];
  if (field.readOnly) return [...shown, EditorState.readOnly.of(true), keymap.of([...searchKeymap, ...defaultKeymap])];
  return [
    ...shown, history(), changed, check, lintGutter(), about, autocompletion({ override: [complete] }),
    EditorView.domEventHandlers({
      click: (event, target) => event.ctrlKey && follow(target, target.posAtCoords(event)),
    }),
    keymap.of([...keys, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, indentWithTab, ...defaultKeymap]),
  ];
}

// A history of changes begins with each text that is opened.
const open = text => {
  view.setState(EditorState.create({ doc: text, extensions: extensions() }));
  field.value = text;
};

function go(from, to = from) {
  view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  view.focus();
}

if (field) {
  const place = document.createElement("div");
  place.className = "code";
  field.before(place);
  // In a shadow the editor's styles are sheets of the document, which our policy allows, and no markup.
  const root = place.attachShadow({ mode: "open" });
  view = new EditorView({ root, parent: root });
  open(field.defaultValue);
  field.hidden = true;
  field.labels[0].addEventListener("click", () => view.focus());
  const line = Math.min(Number(field.dataset.line), view.state.doc.lines);
  if (line) go(view.state.doc.line(line).from);

  if (form) {
    const { source } = field.dataset;
    const draft = source === "saved" ? kept.get() : null;
    if (source === "theirs") kept.drop();
    if (source === "typed") {
      kept.isDone() || keep();
      if (field.value !== form.elements.base.value) find("effects");
    }
    if (draft && draft.text !== field.defaultValue) {
      view.setState(EditorState.create({ doc: draft.text, extensions: [...extensions(), EditorState.readOnly.of(true)] }));
      const show = (text, then) => (open(text), then(), view.focus());
      kept.offer(draft, () => {
        for (const name of ["base", "digest"]) form.elements[name].value = draft[name];
        show(draft.text, keep);
        find("effects");
      }, () => show(field.defaultValue, kept.drop));
    }
    document.querySelector("[value=survivors-here]")?.removeAttribute("hidden");
    document.addEventListener("click", event => {
      const link = event.target.closest("#problems a[data-from]");
      const line = event.target.closest("#survivors a[data-line]");
      const button = event.target.closest("button[name=do]");
      if (link) go(Number(link.dataset.from), Number(link.dataset.to));
      else if (line) go(view.state.doc.line(Number(line.dataset.line)).from);
      else if (button?.value.startsWith("mend:")) {
        const [, from, to, ...text] = button.value.split(":");
        put(view, { from: Number(from), to: Number(to), text: text.join(":") });
      } else if (["effects", "survivors", "survivors-here"].includes(button?.value)) find(button.value);
      else if (["save", "anyway"].includes(button?.value)) save(button.value);
      else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", event => {
      if (event.key === "s" && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) {
        event.preventDefault();
        save();
      }
    });
  }
}
