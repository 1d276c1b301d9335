// A camera shown in a video element. It tells when the picture comes and goes (“live”; “lost”, with what to do and
// the seconds until the next try), and tries again by itself until it is stopped.
import { GrowingPause, countdown, pause } from "./pauses.js";

const lookEvery = 2000;  // milliseconds
const frozenLooks = 3;   // so many looks without a new frame, and the camera counts as lost

export class Camera extends EventTarget {
  video;
  isLive = false;
  #stopping = new AbortController();
  #waiting = new AbortController();
  #pauses = new GrowingPause();

  constructor(video) {
    super();
    this.video = video;
    // A camera that was just plugged in is worth a try at once.
    navigator.mediaDevices?.addEventListener("devicechange", () => this.tryNow(), { signal: this.#stopping.signal });
    this.#keepOpen();
  }

  tryNow() {
    this.#waiting.abort();
  }

  stop() {
    this.#stopping.abort();
    this.#waiting.abort();
    this.#release();
  }

  // Resolves when there is a picture.
  live(signal) {
    if (this.isLive) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.addEventListener("live", () => resolve(), { once: true, signal });
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  }

  // The part of the picture that the page shows, as a JPEG with `longest` pixels at most on its longer side. Not
  // mirrored: the mirror is for the person, not for the server.
  photo(longest, quality = 0.9) {
    const { x, y, width, height } = shownPart(this.video);
    const scale = Math.min(1, longest / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(this.video, x, y, width, height, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  }

  async #keepOpen() {
    while (!this.#stopping.signal.aborted) {
      let advice;
      try {
        const track = await this.#open();
        this.#pauses.reset();
        this.isLive = true;
        this.dispatchEvent(new Event("live"));
        await this.#lossOf(track);
        advice = advices.lost;
      } catch (error) {
        advice = advices[error.name] ?? advices.other;
      }
      this.isLive = false;
      this.#release();
      if (!this.#stopping.signal.aborted) await this.#waitForNextTry(advice);
    }
  }

  async #open() {
    if (!navigator.mediaDevices) throw new DOMException("no camera without TLS", "InsecureContext");
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    this.video.srcObject = stream;
    // Stopped while the browser asked for permission: the picture isn't wanted any more.
    if (this.#stopping.signal.aborted) this.#release();
    else await this.video.play();
    return stream.getVideoTracks()[0];
  }

  // Resolves when the track ended, or when no new frame came for a while: some cameras stop without saying so.
  async #lossOf(track) {
    let last = -1;
    let looksAlike = 0;
    const ended = new AbortController();
    track.addEventListener("ended", () => ended.abort(), { once: true });
    const signal = AbortSignal.any([ended.signal, this.#stopping.signal]);
    while (track.readyState === "live" && looksAlike < frozenLooks) {
      await pause(lookEvery, signal).catch(() => {});
      if (signal.aborted) return;
      looksAlike = this.video.currentTime === last && !document.hidden ? looksAlike + 1 : 0;
      last = this.video.currentTime;
    }
  }

  async #waitForNextTry(advice) {
    this.#waiting = new AbortController();
    const tell = (seconds) => this.dispatchEvent(new CustomEvent("lost", { detail: { ...advice, seconds } }));
    await countdown(this.#pauses.seconds, tell, this.#waiting.signal).catch(() => {});
  }

  #release() {
    for (const track of this.video.srcObject?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }
}

const advices = {
  lost: { title: "The camera is gone", advice: "Check that it is plugged in and switched on." },
  NotAllowedError: {
    title: "The camera isn't allowed",
    advice: "Allow this page to use the camera: the browser's address bar has a switch for it.",
  },
  NotFoundError: { title: "There is no camera", advice: "Plug a camera in." },
  NotReadableError: { title: "The camera is busy", advice: "Close the other program that uses it." },
  InsecureContext: {
    title: "The camera needs a secure page",
    advice: "Browsers show a camera only on https addresses, or on the machine itself.",
  },
  other: { title: "The camera doesn't start", advice: "Unplug it and plug it in again." },
};

// What is left of the picture where `object-fit: cover` cuts it to the element's shape, in pixels of the picture.
function shownPart(video) {
  const { videoWidth, videoHeight, clientWidth, clientHeight } = video;
  if (!clientWidth || !clientHeight) return { x: 0, y: 0, width: videoWidth, height: videoHeight };
  const scale = Math.max(clientWidth / videoWidth, clientHeight / videoHeight);
  const width = clientWidth / scale;
  const height = clientHeight / scale;
  return { x: (videoWidth - width) / 2, y: (videoHeight - height) / 2, width, height };
}
