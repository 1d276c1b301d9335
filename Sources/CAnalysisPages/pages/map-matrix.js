/* The distances between all photos of the people who are chosen. */
const mostPhotos = 40;

function showMatrix() {
  const faces = [...chosen].flatMap((person) => facesOf[person]);
  const shown = faces.slice(0, mostPhotos);
  document.getElementById("hint").hidden = faces.length > 0;
  document.getElementById("matrix-key").hidden = faces.length === 0;
  document.getElementById("matrix").hidden = faces.length === 0;
  document.getElementById("left-out").textContent =
    faces.length > shown.length ? `The first ${shown.length} of ${faces.length} photos.` : "";
  const head = element("tr", {}, element("td"), ...shown.map((face) => heading(face, "col")));
  const rows = shown.map((face) =>
    element("tr", {}, heading(face, "row"), ...shown.map((other) => cell(face, other))));
  document.getElementById("matrix").replaceChildren(
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
}

function heading(face, scope) {
  const what = `${nameOf(face)}, ${data.faces[face].photo}`;
  const image = element("img", { src: picture(face), alt: what, title: what });
  image.style.borderColor = colourOf(data.faces[face].person);
  return element("th", { scope }, image);
}

function cell(face, other) {
  if (face === other) return element("td", { className: "itself" }, "–");
  const far = distance(face, other);
  const isOwn = data.faces[face].person === data.faces[other].person;
  const made = element("td", { className: isMatch(far) ? "match" : "apart" }, far.toFixed(2));
  // How far from the threshold, as a share of what is usual on that side.
  const share = isMatch(far) ? 1 - far / (data.threshold || 1) : (far - data.threshold) / (1.5 - Math.min(data.threshold, 1.2));
  made.style.setProperty("--heat", `${Math.round(12 + 58 * Math.min(share, 1))}%`);
  const pair = isOwn ? "one person" : `${nameOf(face)} and ${nameOf(other)}`;
  made.title = `${pair}: ${far.toFixed(4)}, ${isMatch(far) ? "accepted" : "refused"}`;
  if (isOwn !== isMatch(far)) made.classList.add("wrong");
  return made;
}
