// Rates in words, and between the points that the server gives.

// “about 1 in 8,300”, “fewer than 1 in 10 million”.
export function oneIn(rate) {
  if (rate <= 1e-7) return "fewer than 1 in 10 million";
  const count = 1 / rate;
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return `about 1 in ${(Math.round(count / digits) * digits).toLocaleString("en-GB")}`;
}

// The rates at a threshold: on a line between the two nearest points, in logarithms where both are above zero.
export function ratesAt(threshold, points) {
  const sorted = points.toSorted((a, b) => a.threshold - b.threshold);
  const after = sorted.findIndex((point) => point.threshold >= threshold);
  if (after === 0) return sorted[0];
  if (after < 0) return sorted.at(-1);
  const [low, high] = [sorted[after - 1], sorted[after]];
  const part = (threshold - low.threshold) / (high.threshold - low.threshold);
  return { threshold, fmr: between(low.fmr, high.fmr, part), fpir: between(low.fpir, high.fpir, part) };
}

function between(a, b, part) {
  if (a === undefined || b === undefined) return undefined;
  if (a > 0 && b > 0) return Math.exp(Math.log(a) + part * (Math.log(b) - Math.log(a)));
  return a + part * (b - a);
}
