// The log of events: filters, pages from the newest on, export, and whether its chain of hashes is whole.
import { call } from "./api.js";
import { byId, make } from "./dom.js";
import { kindName, kinds } from "./event-kinds.js";
import { perform } from "./notice.js";

const limit = 50;
const rows = byId("event-rows");
const time = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
let next = null;  // where the next older page begins

byId("event-kind").append(make("option", { value: "" }, "All"),
  ...Object.entries(kinds).map(([kind, name]) => make("option", { value: kind }, name)));

byId("event-filters").addEventListener("submit", (event) => {
  event.preventDefault();
  perform(event.submitter, () => showEvents());
});
// The fields are emptied after the event “reset”.
byId("event-filters").addEventListener("reset", () => {
  setTimeout(() => perform(byId("events-newest"), () => showEvents()));
});
byId("events-newest").addEventListener("click", (event) => perform(event.target, () => showEvents()));
byId("events-older").addEventListener("click", (event) => perform(event.target, async () => {
  await showEvents(next);
  byId("events-title").scrollIntoView();
}));

byId("verify-log").addEventListener("click", (event) => perform(event.target, async () => {
  const outcome = byId("log-outcome");
  outcome.textContent = "";
  const log = await call("GET", "/api/v1/admin/log/verify");
  outcome.classList.toggle("bad", !log.intact);
  outcome.textContent = log.intact
    ? `The log is whole: ${log.events} events. Its head is ${log.head}.`
    : `The log is broken at event ${log.sequence}: ${log.reason}`;
}));

export async function showEvents(before) {
  const filters = filtersOf();
  for (const format of ["csv", "json"]) {
    byId(`export-${format}`).href = `/api/v1/admin/events/export?${new URLSearchParams({ format, ...filters })}`;
  }
  const query = new URLSearchParams({ ...filters, limit });
  if (before !== undefined) query.set("before", before);
  const page = await call("GET", `/api/v1/admin/events?${query}`);
  next = page.next;
  rows.replaceChildren(...page.events.map(rowOf));
  byId("events-none").textContent = page.events.length === 0 ? "There are no such events." : "";
  byId("events-older").hidden = next === null;
  byId("events-newest").textContent = before === undefined ? "Refresh" : "Newest";
}

function filtersOf() {
  const filters = { kind: byId("event-kind").value, person: byId("event-person").value.trim() };
  for (const end of ["from", "until"]) {
    // The field holds local time; the server takes an instant.
    const value = byId(`event-${end}`).value;
    filters[end] = value === "" ? "" : new Date(value).toISOString();
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ""));
}

function rowOf(event) {
  const detail = Object.entries(event.detail).map(([name, value]) => `${name} ${value}`).join(", ");
  const isRefusal = /refused|failed/.test(event.kind);
  return make("tr", {},
    make("td", { class: "time soft small" }, time.format(new Date(event.time))),
    make("td", {}, make("span", { class: isRefusal ? "chip bad" : "chip" }, kindName(event.kind))),
    make("td", { "data-label": "Person" }, event.person ?? ""),
    make("td", { "data-label": "By" }, event.actor),
    make("td", { class: "small soft", "data-label": "Details" }, detail));
}
