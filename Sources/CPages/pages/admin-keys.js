// Keys: which there are, a new one, and revoking one.
import { call } from "./api.js";
import { byId, make } from "./dom.js";
import { confirmed, notify, perform } from "./notice.js";

const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const secret = byId("key-secret");

export async function showKeys() {
  const { keys } = await call("GET", "/api/v1/admin/keys");
  byId("key-rows").replaceChildren(...keys.map(rowOf));
}

function rowOf(key) {
  const revoke = make("button", { class: "danger", on: { click: (event) => revokeKey(key, event.target) } }, "Revoke");
  return make("tr", {},
    make("td", {}, make("strong", {}, key.name)),
    make("td", {}, make("span", { class: "row" }, key.scopes.map((scope) => make("span", { class: "chip" }, scope)))),
    make("td", { class: "soft", "data-label": "Made" }, date.format(new Date(key.created))),
    make("td", { class: "act" }, revoke));
}

async function revokeKey(key, button) {
  const isSure = await confirmed({
    title: `Revoke ${key.name}?`,
    text: "Programs and pages that use it are shut out at once. This can't be undone.",
    action: "Revoke",
  });
  if (!isSure) return;
  await perform(button, async () => {
    await call("DELETE", `/api/v1/admin/keys/${encodeURIComponent(key.name)}`);
    notify(`${key.name} is revoked.`);
    await showKeys();
  });
}

byId("new-key").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const scopes = [...form.querySelectorAll("[name=scope]:checked")].map((box) => box.value);
  if (scopes.length === 0) {
    notify("Choose what the key may do.", true);
    form.querySelector("[name=scope]").focus();
    return;
  }
  perform(event.submitter, async () => {
    const made = await call("POST", "/api/v1/admin/keys", { name: byId("key-name").value.trim(), scopes });
    form.reset();
    secret.textContent = made.key;
    byId("key-title").textContent = `The key ${made.name}`;
    byId("key-dialog").showModal();
    await showKeys();
  });
});

byId("key-copy").addEventListener("click", async ({ target }) => {
  getSelection().selectAllChildren(secret);
  try {
    await navigator.clipboard.writeText(secret.textContent);
    target.textContent = "Copied";
  } catch {
    target.textContent = "Press Ctrl+C";
  }
});

byId("key-dialog").addEventListener("close", () => {
  secret.replaceChildren();
  byId("key-copy").textContent = "Copy";
});
