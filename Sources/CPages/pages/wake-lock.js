// Keeps the screen of the door on, where the browser can.

export function keepAwake() {
  if (!("wakeLock" in navigator)) return;
  // A lock is refused when the battery is low; the door works without.
  const ask = () => navigator.wakeLock.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  ask();
}
