// The field for a name or badge number. A card reader types quickly and ends with Enter, and nobody clicks anywhere
// first: so the field takes the focus whenever nothing else has it, and every printable key wherever the focus is.
import { byId } from "./dom.js";

const forgetAfter = 20_000;  // milliseconds: what somebody began to type is not left for the next person

export class CardReader extends EventTarget {
  #form = byId("reader");
  #field = byId("claim");
  #forgetting = null;
  #wasTyping = false;

  constructor() {
    super();
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("input", () => this.#typed());
    document.addEventListener("keydown", (event) => this.#catchKey(event));
    document.addEventListener("focusout", () => setTimeout(() => this.takeFocus()));
    window.addEventListener("focus", () => this.takeFocus());
  }

  get isTyping() {
    return this.#field.value !== "";
  }

  get isShown() {
    return !this.#form.hidden;
  }

  set isShown(isShown) {
    this.#form.hidden = !isShown;
    this.takeFocus();
  }

  // Not on touch screens, where the keyboard would come up and cover the picture.
  takeFocus() {
    const isFree = document.activeElement === document.body && document.hasFocus();
    if (this.isShown && isFree && matchMedia("(pointer: fine)").matches) this.#field.focus({ preventScroll: true });
  }

  #catchKey(event) {
    if (!this.isShown || event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return;
    const isOnControl = document.activeElement !== document.body && document.activeElement !== this.#field;
    if (event.key === " " && isOnControl) return;
    this.#field.focus({ preventScroll: true });
  }

  #typed() {
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => this.#clear(), forgetAfter);
    this.#tellTyping();
  }

  #submit(event) {
    event.preventDefault();
    const claim = this.#field.value.trim();
    this.#field.value = "";
    this.#wasTyping = false;
    clearTimeout(this.#forgetting);
    if (claim !== "") this.dispatchEvent(new CustomEvent("card", { detail: claim }));
    else this.dispatchEvent(new Event("empty"));
  }

  #clear() {
    this.#field.value = "";
    this.#tellTyping();
  }

  #tellTyping() {
    if (this.isTyping === this.#wasTyping) return;
    this.#wasTyping = this.isTyping;
    this.dispatchEvent(new Event("typing"));
  }
}
