// The threshold of recognition, with what it means for a gallery of this size.
import { call } from "./api.js";
import { byId } from "./dom.js";
import { notify, perform } from "./notice.js";
import { oneIn, ratesAt } from "./rates.js";

const path = "/api/v1/admin/threshold";
const slider = byId("threshold-slider");
const number = byId("threshold-number");
let current = null;

export async function showThreshold() {
  take(await call("GET", path));
}

function take(answer) {
  current = answer;
  const thresholds = [answer.threshold, answer.default, ...answer.points.map((point) => point.threshold)];
  slider.min = Math.min(...thresholds);
  slider.max = Math.max(...thresholds);
  number.value = answer.threshold;
  byId("threshold-people").textContent = answer.people.toLocaleString("en-GB");
  byId("threshold-now").textContent = answer.threshold === answer.default
    ? `${shown(answer.threshold)} (the default)` : `${shown(answer.threshold)} (default ${shown(answer.default)})`;
  explain();
}

slider.addEventListener("input", () => {
  number.value = slider.value;
  explain();
});
number.addEventListener("input", explain);

byId("threshold-form").addEventListener("submit", (event) => {
  event.preventDefault();
  save(byId("threshold-save"), Number(number.value), "The threshold is saved.");
});
byId("threshold-reset").addEventListener("click", (event) => {
  save(event.target, null, "The threshold is the default again.");
});

function save(button, threshold, done) {
  perform(button, async () => {
    take(await call("PUT", path, { threshold }));
    notify(done);
  });
}

function explain() {
  const threshold = Number(number.value);
  slider.value = threshold;
  const { fmr, fpir } = ratesOf(threshold);
  byId("threshold-fmr").textContent = fmr === null ? "unknown" : oneIn(fmr);
  byId("threshold-fpir").textContent = fpir === null ? "unknown" : oneIn(fpir);
  byId("threshold-meaning").textContent = fmr === null || fpir === null
    ? "This model isn't calibrated, so nobody knows how often a stranger would pass: run faceprint calibrate."
    : `At ${shown(threshold)}, ${oneIn(fmr)} strangers is taken for a given person, and with `
      + `${peopleOf(current.people)} enrolled ${oneIn(fpir)} strangers is let in as somebody.`;
}

function ratesOf(threshold) {
  if (threshold === current.threshold || current.points.length === 0) return current;
  return ratesAt(threshold, current.points);
}

function shown(threshold) {
  return threshold.toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}

function peopleOf(count) {
  return count === 1 ? "1 person" : `${count.toLocaleString("en-GB")} people`;
}
