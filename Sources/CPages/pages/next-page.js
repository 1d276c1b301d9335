// Where to go after signing in. The address may carry a wish, which a stranger may have written: only a path of this
// site is followed.

export function pageAfterLogin(wish, scopes) {
  if (isOwnPath(wish)) return wish;
  if (scopes.includes("admin")) return "/admin";
  if (scopes.includes("door")) return "/door";
  return "/";
}

function isOwnPath(wish) {
  // Browsers read a backslash as a slash, so “/\host” would leave the site as “//host” does.
  if (!wish || !/^\/(?![/\\])/.test(wish)) return false;
  return URL.canParse(wish, location.origin) && new URL(wish, location.origin).origin === location.origin;
}
