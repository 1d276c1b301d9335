// Elements without markup in strings: whatever a name or a message holds, it is text.

export function byId(id) {
  return document.getElementById(id);
}

// `make("button", { class: "primary", on: { click: save } }, "Save")`. Children are nodes or text; null is left out.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// Sets the text only where it differs, so that a screen reader does not say the same thing twice.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
