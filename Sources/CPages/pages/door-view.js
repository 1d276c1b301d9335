// What the door's page shows: one sentence, one hint, and now and then a verdict over the picture.
import { byId, make, say } from "./dom.js";
import { icon } from "./icons.js";
import { pause } from "./pauses.js";

const verdictTime = 4000;  // milliseconds
const verdictIcons = { admitted: "check", refused: "stop", failed: "wait" };

export class DoorView {
  #banner = byId("banner");
  #prompt = byId("prompt");
  #hint = byId("hint");
  #clock = byId("clock");
  #verdict = byId("verdict");
  #guide = byId("guide");
  #progress = byId("progress");
  #arrow = byId("arrow");

  prompt(text, hint = "") {
    say(this.#prompt, text);
    say(this.#hint, hint);
  }

  hint(text) {
    say(this.#hint, text);
  }

  banner(text) {
    this.#banner.hidden = text === null;
    say(this.#banner, text ?? "");
  }

  // Seconds that are left, outside what a screen reader follows: a number every second would drown the rest.
  clock(seconds) {
    say(this.#clock, seconds === null ? "" : `${seconds} s left`);
  }

  // Shows large what was decided, for about four seconds.
  async verdict({ state, message }, signal) {
    this.#verdict.className = `cover verdict ${state}`;
    this.#verdict.replaceChildren(icon(verdictIcons[state]), make("p", {}, message));
    try {
      await pause(verdictTime, signal);
    } finally {
      this.#verdict.replaceChildren();
    }
  }

  // The oval for the face, of which `done` of `of` parts are filled. An arrow points where the person is to turn: to
  // their own left and right, which is where a mirror shows them.
  challenge(done, of, step) {
    this.#guide.removeAttribute("hidden");
    this.#progress.setAttribute("stroke-dasharray", `${of > 0 ? (100 * done) / of : 0} 100`);
    const turns = step === "left" || step === "right";
    this.#arrow.hidden = !turns;
    if (turns && !this.#arrow.classList.contains(step)) {
      this.#arrow.className = `arrow ${step}`;
      this.#arrow.replaceChildren(icon("arrow"));
    }
  }

  endChallenge() {
    this.#guide.setAttribute("hidden", "");
    this.#arrow.hidden = true;
    this.clock(null);
  }
}
