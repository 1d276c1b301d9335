// The photos that are to be added, each with what the server said of it.
import { call } from "./api.js";
import { byId, make } from "./dom.js";
import { icon } from "./icons.js";

// Why a photo is refused, as the server numbers it. These two a person in charge may overrule.
const severalFaces = 31;
const lowQuality = 35;
const forces = { [severalFaces]: "Take the largest face", [lowQuality]: "Add anyway" };

export class PhotoTray extends EventTarget {
  #list = byId("tray");
  #items = new Set();
  hasAccepted = false;

  get waiting() {
    return [...this.#items].filter((item) => item.state === "waiting");
  }

  get isEmpty() {
    return this.#items.size === 0;
  }

  add(file) {
    const item = { file, state: "waiting", address: URL.createObjectURL(file), row: make("li") };
    this.#items.add(item);
    this.#list.append(item.row);
    this.#show(item, file.name === "picture.jpg" ? "Picture from the camera" : file.name);
    item.row.scrollIntoView({ block: "nearest" });
  }

  clear() {
    for (const item of this.#items) this.#remove(item);
    this.hasAccepted = false;
  }

  // Sends one photo. An accepted one leaves the tray.
  async send(item, name, isForced) {
    item.state = "sending";
    this.#show(item, "Sending…");
    const query = new URLSearchParams({ subject: name });
    if (isForced) query.set("force", "true");
    const form = new FormData();
    form.append("file", item.file);
    try {
      await call("POST", `/api/v1/recognition/faces?${query}`, form);
      this.hasAccepted = true;
      this.#remove(item);
    } catch (error) {
      // What the server has judged stays refused; what didn't reach it may be sent again.
      item.state = error.status === 400 ? "refused" : "waiting";
      this.#show(item, reasonOf(error), forces[error.code]);
    }
  }

  // `force` is what the button says that sends the photo regardless; without it there is none.
  #show(item, story, force) {
    item.row.className = item.state;
    const insist = () => this.dispatchEvent(new CustomEvent("force", { detail: item }));
    const leave = () => this.#remove(item);
    item.row.replaceChildren(
      make("img", { src: item.address, alt: "" }),
      make("div", { class: "story small" },
        make("p", { role: "status" }, story),
        force ? make("button", { type: "button", on: { click: insist } }, force) : null),
      make("button", {
        type: "button", class: "plain square", "aria-label": "Leave this photo out", disabled: item.state === "sending",
        on: { click: leave },
      }, icon("close")));
  }

  #remove(item) {
    URL.revokeObjectURL(item.address);
    item.row.remove();
    this.#items.delete(item);
  }
}

function reasonOf({ code, message }) {
  if (code === severalFaces) return "There are several faces in it. A photo of one person alone is better.";
  // What follows the semicolon is for programs: the button beside it does that.
  const reason = code === lowQuality ? message.split(";")[0] : message;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1).replace(/\.$/, "")}.`;
}
