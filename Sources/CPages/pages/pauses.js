// Waiting. Everything that waits here ends with an AbortError when its signal is aborted.

export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

// Calls `tell` with the seconds that are left, once a second.
export async function countdown(seconds, tell, signal) {
  for (let left = Math.ceil(seconds); left > 0; left--) {
    tell(left);
    await pause(1000, signal);
  }
}

// 1, 2, 4 … seconds, at most `most`.
export class GrowingPause {
  #most;
  #next = 1;

  constructor(most = 30) {
    this.#most = most;
  }

  get seconds() {
    const now = this.#next;
    this.#next = Math.min(now * 2, this.#most);
    return now;
  }

  reset() {
    this.#next = 1;
  }
}

// Until somebody can see the page: a hidden page neither looks nor asks.
export function visible(signal) {
  return new Promise((resolve, reject) => {
    if (!document.hidden) return resolve();
    document.addEventListener("visibilitychange", () => resolve(visible(signal)), { once: true, signal });
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
