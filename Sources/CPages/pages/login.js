// Signs in with a key, and goes on to the page that asked for it.
import { ApiError, openSession } from "./api.js";
import { byId } from "./dom.js";
import { pageAfterLogin } from "./next-page.js";

const key = byId("key");
const trouble = byId("trouble");
const send = byId("send");
const next = new URLSearchParams(location.search).get("next");

byId("reveal").addEventListener("change", (event) => {
  key.type = event.target.checked ? "text" : "password";
});

byId("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  trouble.textContent = "";
  send.disabled = true;
  try {
    const session = await openSession(key.value.trim());
    location.replace(pageAfterLogin(next, session.scopes));
  } catch (error) {
    trouble.textContent = explain(error);
    send.disabled = false;
    key.focus();
    key.select();
  }
});

// Until now the button was off: without this script the form would be sent as it is.
send.disabled = false;

function explain(error) {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 401) {
    return "That key isn't known here. Check that all of it was copied, and that it wasn't revoked.";
  }
  if (error.status === 429) return `Too many tries. Please wait ${error.retryAfter} s.`;
  return error.message;
}
