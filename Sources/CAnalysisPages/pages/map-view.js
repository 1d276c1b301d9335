/* Where faces are on the screen, and how they are drawn. */
const canvas = document.getElementById("map");
const pen = canvas.getContext("2d");
const chosen = new Set();
const view = { projection: 0, zoom: 1, x: 0, y: 0, hovered: null, neighbours: [] };
const neighboursShown = 5;

/* Each face cut to a circle once; until its picture is there, its place is a dot. */
const sprites = data.faces.map(() => null);
data.faces.forEach((face, i) => {
  const image = new Image();
  image.onload = () => {
    const side = 72;
    const sprite = element("canvas", { width: side, height: side });
    const brush = sprite.getContext("2d");
    brush.arc(side / 2, side / 2, side / 2, 0, 2 * Math.PI);
    brush.clip();
    const scale = side / Math.min(image.width, image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    brush.drawImage(image, (side - width) / 2, (side - height) / 2, width, height);
    sprites[i] = sprite;
    redraw();
  };
  image.src = picture(i);
});

/** The factor and shift that bring a projection's points into a box from −1 to 1. */
const frames = projections.map(({ points }) => {
  const range = (first) => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = first; i < points.length; i += 2) {
      low = Math.min(low, points[i]);
      high = Math.max(high, points[i]);
    }
    return { middle: (low + high) / 2, half: (high - low) / 2 };
  };
  const [x, y] = [range(0), range(1)];
  return { x, y };
});

const radius = () => {
  const room = Math.sqrt((canvas.clientWidth * canvas.clientHeight) / data.faces.length);
  return Math.min(Math.max(0.3 * room, 6), 26) * Math.min(Math.sqrt(view.zoom), 4);
};

/** The middle of a face on the canvas, in CSS pixels. Both axes have one scale. */
function place(face) {
  const { points } = projections[view.projection];
  const frame = frames[view.projection];
  const margin = radius() / Math.min(Math.sqrt(view.zoom), 4) + 14;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const scale = Math.min((width / 2 - margin) / (frame.x.half || 1), (height / 2 - margin) / (frame.y.half || 1));
  return [
    width / 2 + view.zoom * (view.x + scale * (points[2 * face] - frame.x.middle)),
    height / 2 + view.zoom * (view.y - scale * (points[2 * face + 1] - frame.y.middle)),
  ];
}

/** The face that is drawn topmost at a place; null where there is none. */
function faceAt(x, y) {
  let [found, least] = [null, (radius() + 2) ** 2];
  for (let face = 0; face < data.faces.length; face++) {
    const [left, top] = place(face);
    const far = (left - x) ** 2 + (top - y) ** 2;
    if (far <= least) [found, least] = [face, far];
  }
  return found;
}

let isScheduled = false;
function redraw() {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(() => {
    isScheduled = false;
    draw();
  });
}

function draw() {
  const density = devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
  }
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, width, height);

  const lit = new Set(view.neighbours.map(({ face }) => face));
  const isChosen = (face) => chosen.has(data.faces[face].person);
  const order = (face) => (face === view.hovered ? 3 : lit.has(face) ? 2 : isChosen(face) ? 1 : 0);
  const faces = data.faces.map((_, face) => face).sort((a, b) => order(a) - order(b) || a - b);
  const isFocused = view.hovered !== null || chosen.size > 0;
  for (const face of faces) {
    if (order(face) === 3) drawLines(colour);
    pen.globalAlpha = !isFocused || order(face) > 0 ? 1 : view.hovered !== null && chosen.size === 0 ? 0.4 : 0.18;
    drawFace(face, order(face) === 3 ? 1.25 : 1, colour("card"));
  }
  pen.globalAlpha = 1;
  drawNames(colour);
  drawDistances(colour);
}

function drawFace(face, size, ground) {
  const [x, y] = place(face);
  const r = radius() * size;
  if (x < -r || y < -r || x > canvas.clientWidth + r || y > canvas.clientHeight + r) return;
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fillStyle = ground;
  pen.fill();
  if (sprites[face]) pen.drawImage(sprites[face], x - r, y - r, 2 * r, 2 * r);
  pen.lineWidth = Math.max(1.5, r / 7);
  pen.strokeStyle = colourOf(data.faces[face].person);
  pen.stroke();
}

function drawLines(colour) {
  const [x, y] = place(view.hovered);
  pen.globalAlpha = 1;
  pen.lineWidth = 2;
  for (const { face, distance } of view.neighbours) {
    pen.strokeStyle = colour(isMatch(distance) ? "genuine" : "impostor");
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(...place(face));
    pen.stroke();
  }
}

/** Distances at their lines' far ends, beyond the faces where these lie close together. */
function drawDistances(colour) {
  if (view.hovered === null) return;
  const [x, y] = place(view.hovered);
  for (const { face, distance } of view.neighbours) {
    const [left, top] = place(face);
    const long = Math.hypot(left - x, top - y) || 1;
    const out = radius() + 12;
    tag(distance.toFixed(2), left + ((left - x) / long) * out, top + ((top - y) / long) * out, colour);
  }
}

/** Names of the people who are chosen, or of all where they are few. */
function drawNames(colour) {
  const named = chosen.size > 0 ? [...chosen] : data.people.length <= 12 ? data.people.keys() : [];
  if (data.people.length === data.faces.length && chosen.size === 0) return;
  for (const person of named) {
    const places = facesOf[person].map(place);
    const x = places.reduce((sum, [left]) => sum + left, 0) / places.length;
    const top = Math.min(...places.map(([, y]) => y));
    tag(data.people[person], x, top - radius() - 12, colour, colourOf(person));
  }
}

function tag(text, x, y, colour, ink = colour("ink")) {
  pen.font = "600 12px system-ui, sans-serif";
  const half = pen.measureText(text).width / 2 + 6;
  const middle = Math.min(Math.max(x, half + 2), canvas.clientWidth - half - 2);
  const line = Math.min(Math.max(y, 11), canvas.clientHeight - 11);
  pen.fillStyle = colour("card");
  pen.strokeStyle = colour("rule");
  pen.lineWidth = 1;
  pen.beginPath();
  pen.roundRect(middle - half, line - 9, 2 * half, 18, 6);
  pen.fill();
  pen.stroke();
  pen.fillStyle = ink;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, middle, line + 0.5);
}

const facesOf = data.people.map(() => []);
data.faces.forEach((face, i) => facesOf[face.person].push(i));
