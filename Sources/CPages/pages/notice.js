// A short message at the foot of the page that goes by itself, and a question that has to be answered.
import { byId, make } from "./dom.js";

let leaving = null;

export function notify(text, isTrouble = false) {
  const notice = byId("notice");
  notice.textContent = text;
  notice.classList.toggle("bad", isTrouble);
  clearTimeout(leaving);
  leaving = setTimeout(() => notice.replaceChildren(), isTrouble ? 12_000 : 5000);
}

// Runs what a button asks for: the button waits meanwhile, and what goes wrong is told.
export async function perform(button, action) {
  button.disabled = true;
  try {
    return await action();
  } catch (error) {
    console.debug(error);
    notify(error.message, true);
    return undefined;
  } finally {
    button.disabled = false;
  }
}

// Resolves to whether the person agreed. `Cancel` has the focus first: Enter alone removes nothing.
export function confirmed({ title, text, action }) {
  return new Promise((resolve) => {
    const dialog = make("dialog", { class: "question", "aria-labelledby": "question-title" },
      make("form", { method: "dialog", class: "stack" },
        make("h2", { id: "question-title" }, title),
        make("p", {}, text),
        make("div", { class: "row end" },
          make("button", { value: "no", autofocus: true }, "Cancel"),
          make("button", { value: "yes", class: "danger primary" }, action))));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
