// Talks to the server of this page: JSON or a photo goes out, JSON comes back, and what went wrong is an ApiError.
// A member that has no value is left out of the server's answers: here it is undefined, not null.

const usualPatience = 60_000;  // milliseconds until a request is given up: a large photo may take long
let csrf = null;

export class ApiError extends Error {
  // status 0: the server couldn't be reached. retryAfter is in seconds.
  constructor(status, code, message, retryAfter = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  get isOutage() {
    return this.status === 0 || this.status >= 500;
  }
}

export async function openSession(key) {
  return remember(await request("POST", "/api/v1/session", { key }));
}

// The session that the cookie belongs to. Without one the page goes to the login and never comes back here.
export async function currentSession(patience = usualPatience) {
  return remember(await call("GET", "/api/v1/session", undefined, patience));
}

export async function closeSession() {
  await call("DELETE", "/api/v1/session");
  location.assign("/login");
}

// As `request`, but without a session it goes to the login page.
export async function call(method, path, body, patience = usualPatience) {
  try {
    return await request(method, path, body, patience);
  } catch (error) {
    if (error.status === 401) {
      toLogin();
      return await new Promise(() => {});
    }
    if (error.status === 403 && method !== "GET" && (await tokenChanged())) {
      return await request(method, path, body, patience);
    }
    throw error;
  }
}

export function toLogin() {
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.hash)}`);
}

function remember(session) {
  csrf = session.csrf;
  return session;
}

// Signing in again in another tab replaces the session, and with it the token that this page holds.
async function tokenChanged() {
  const before = csrf;
  await currentSession();
  return csrf !== before;
}

async function request(method, path, body, patience = usualPatience) {
  const headers = { accept: "application/json" };
  if (method !== "GET" && csrf !== null) headers["x-csrf-token"] = csrf;
  if (body !== undefined && !(body instanceof FormData)) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(body);
  }
  let response;
  let answer = null;
  try {
    response = await fetch(path, { method, headers, body, cache: "no-store", signal: AbortSignal.timeout(patience) });
    if (response.status !== 204) answer = await response.json().catch(() => null);
  } catch {
    throw new ApiError(0, 0, "The server can't be reached.");
  }
  if (response.ok) return answer;
  const message = answer?.message ?? `The server answered with status ${response.status}.`;
  throw new ApiError(response.status, answer?.code ?? 0, message, waitOf(response));
}

function waitOf(response) {
  if (response.status !== 429 && response.status !== 503) return null;
  const seconds = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 600) : 5;
}
