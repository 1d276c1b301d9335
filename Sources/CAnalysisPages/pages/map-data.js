"use strict";

/* What the page was made with, and distances, which are computed here from the very embeddings: exact, where the map can
   only be near to them. */
const data = JSON.parse(document.getElementById("data").textContent);

function numbers(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

const vectors = numbers(data.vectors);
const projections = data.projections.map(({ name, note, points }) => ({ name, note, points: numbers(points) }));

function distance(i, j) {
  let sum = 0;
  for (let a = i * data.length, b = j * data.length, end = a + data.length; a < end; a++, b++) {
    sum += (vectors[a] - vectors[b]) ** 2;
  }
  return Math.sqrt(sum);
}

/** The faces nearest to one, nearest first: `[{ face, distance }]`. */
function nearest(face, count) {
  const found = [];
  for (let other = 0; other < data.faces.length; other++) {
    if (other === face) continue;
    const far = distance(face, other);
    if (found.length === count && far >= found[count - 1].distance) continue;
    found.push({ face: other, distance: far });
    found.sort((a, b) => a.distance - b.distance || a.face - b.face);
    found.length = Math.min(found.length, count);
  }
  return found;
}

const picture = (face) => `data:image/jpeg;base64,${data.faces[face].picture}`;
const nameOf = (face) => data.people[data.faces[face].person];
const isMatch = (far) => far <= data.threshold;

const darkness = matchMedia("(prefers-color-scheme: dark)");

/** Neighbours in the list get hues far from each other, by the golden angle. */
const colourOf = (person) => `hsl(${(person * 137.508 + 205) % 360} ${darkness.matches ? "75% 66%" : "70% 42%"})`;

/** An element with properties and children; text is only ever text. */
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
