"use strict";

// The groups of faces, and what a person does to them. Each change can be undone.
class Groups {
  // `data` is the file's content: faces, and clusters of their numbers.
  constructor(data) {
    this.data = data;
    this.list = data.clusters.map(({ name, faces }) => ({ name: name ?? "", faces: [...faces] }));
    this.past = [];
  }

  // Keeps what is there now, to come back to it.
  remember() {
    this.past.push(this.list.map(({ name, faces }) => ({ name, faces: [...faces] })));
  }

  get canUndo() {
    return this.past.length > 0;
  }

  undo() {
    this.list = this.past.pop();
  }

  rename(group, name) {
    if (group.name === name) return;
    this.remember();
    group.name = name;
  }

  // Puts the other's faces to the group; the group keeps its name if it has one.
  merge(group, other) {
    this.remember();
    group.faces.push(...other.faces);
    group.name ||= other.name;
    this.drop(other);
  }

  // Takes faces out of their groups and puts them to one; null for a new one, which comes first.
  move(faces, group) {
    this.remember();
    const moved = new Set(faces);
    for (const other of this.list) other.faces = other.faces.filter((face) => !moved.has(face));
    if (group) group.faces.push(...faces);
    else this.list.unshift({ name: "", faces: [...faces] });
    this.list = this.list.filter((other) => other.faces.length > 0);
  }

  // Leaves faces out of all groups.
  leaveOut(faces) {
    this.remember();
    const gone = new Set(faces);
    for (const group of this.list) group.faces = group.faces.filter((face) => !gone.has(face));
    this.list = this.list.filter((group) => group.faces.length > 0);
  }

  drop(group) {
    this.list = this.list.filter((other) => other !== group);
  }

  get named() {
    return this.list.filter((group) => group.name);
  }

  // Another group of the same name.
  namesake(group) {
    const name = group.name.toLowerCase();
    return name && this.list.find((other) => other !== group && other.name.toLowerCase() === name);
  }

  // The groups whose mean faces are nearest, with their distances.
  nearest(group, count) {
    const mean = this.mean(group);
    return this.list
      .filter((other) => other !== group)
      .map((other) => ({ group: other, distance: distance(mean, this.mean(other)) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, count);
  }

  // The mean of a group's embeddings, at unit length.
  mean(group) {
    const sum = new Float32Array(this.embedding(group.faces[0]).length);
    for (const face of group.faces) this.embedding(face).forEach((value, i) => (sum[i] += value));
    const length = Math.hypot(...sum);
    return sum.map((value) => value / length);
  }

  // The numbers of a face's embedding: float32, little-endian, in base64.
  embedding(face) {
    const bytes = Uint8Array.from(atob(this.data.faces[face].embedding), (letter) => letter.charCodeAt(0));
    return new Float32Array(bytes.buffer);
  }

  // The content of the file to save.
  json() {
    const clusters = this.list.map(({ name, faces }) => (name ? { name, faces } : { faces }));
    return JSON.stringify({ ...this.data, clusters });
  }
}

function distance(a, b) {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0));
}
