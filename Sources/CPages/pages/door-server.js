// What the door asks of the server, and what it does when the answer is not a decision.
import { ApiError, call, currentSession } from "./api.js";
import { GrowingPause, countdown } from "./pauses.js";

const longest = 640;    // pixels
const patience = 8000;  // milliseconds until an answer is no longer waited for

export class DoorServer {
  #camera;
  #view;
  #pauses = new GrowingPause(15);

  constructor(camera, view) {
    this.#camera = camera;
    this.#view = view;
  }

  // The door's settings; waits until the server can be reached.
  async settings(signal) {
    for (;;) {
      try {
        await currentSession(patience);
        const settings = await call("GET", "/api/v1/door", undefined, patience);
        this.#isBack();
        return settings;
      } catch (error) {
        await this.recover(error, signal);
      }
    }
  }

  enter(claim) {
    return this.#send("/api/v1/door/enter", claim);
  }

  openChallenge(claim) {
    return call("POST", "/api/v1/door/challenge", claim === null ? {} : { claim }, patience);
  }

  answer(challenge) {
    return this.#send(`/api/v1/door/challenge/${encodeURIComponent(challenge)}`, null);
  }

  // Waits as long as the error asks for, and says so. Throws what waiting doesn't mend.
  async recover(error, signal) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 429) {
      const tell = (left) => this.#view.prompt("Too many tries", `Please wait ${left} s.`);
      await countdown(error.retryAfter, tell, signal);
    } else if (error.isOutage) {
      await countdown(error.retryAfter ?? this.#pauses.seconds, (left) => {
        this.#view.banner(`The server can't be reached. Trying again in ${left} s.`);
      }, signal).catch((stopped) => {
        this.#view.banner(null);
        throw stopped;
      });
    } else {
      throw error;
    }
  }

  async #send(path, claim) {
    const form = new FormData();
    form.append("file", await this.#camera.photo(longest), "frame.jpg");
    if (claim !== null) form.append("claim", claim);
    const answer = await call("POST", path, form, patience);
    this.#isBack();
    return answer;
  }

  #isBack() {
    this.#pauses.reset();
    this.#view.banner(null);
  }
}
