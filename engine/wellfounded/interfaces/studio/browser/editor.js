// The field of a file becomes an editor. Without this script it stays a field, and all works with a button.
import { EditorView, lineNumbers } from "@codemirror/view";
import { yaml } from "@codemirror/lang-yaml";

const field = document.querySelector("textarea[data-editor]");
if (field) {
  const view = new EditorView({
    doc: field.value,
    extensions: [
      lineNumbers(),
      yaml(),
      EditorView.updateListener.of(update => {
        if (update.docChanged) field.value = update.state.doc.toString();
      }),
    ],
  });
  field.hidden = true;
  field.after(view.dom);
}
