// Reads the server's own description of its API and lays it out.
import { byId, make } from "./dom.js";
import { curlOf } from "./docs-curl.js";
import { fieldsOf, groupsOf, resolve, typeOf } from "./openapi.js";

const response = await fetch("/openapi.json").catch(() => null);
if (response?.ok) show(await response.json());
else byId("docs-about").textContent = "The server's description can't be read. Please try again later.";

function show(document) {
  byId("docs-title").textContent = document.info.title;
  byId("docs-about").textContent = document.info.description ?? "";
  for (const group of groupsOf(document)) {
    byId("contents").append(make("h2", {}, titleOf(group)), make("ul", {}, group.operations.map(linkOf)));
    byId("operations").append(make("section", { class: "group" },
      make("h2", {}, titleOf(group)),
      group.description ? make("p", { class: "soft" }, group.description) : null,
      group.operations.map((operation) => detailsOf(operation, document))));
  }
  openChosen();
  addEventListener("hashchange", openChosen);
}

function openChosen() {
  const chosen = byId(location.hash.slice(1));
  if (!(chosen instanceof HTMLDetailsElement)) return;
  chosen.open = true;
  chosen.scrollIntoView();
}

function titleOf({ name }) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function linkOf(operation) {
  return make("li", {}, make("a", { href: `#${operation.id}` }, operation.summary));
}

function detailsOf(operation, document) {
  const { method, path, summary, description, parameters, body, responses } = operation;
  return make("details", { class: "operation", id: operation.id },
    make("summary", {},
      make("span", { class: `chip method ${method}` }, method.toUpperCase()),
      make("code", {}, path),
      summary === path ? null : make("span", { class: "soft small" }, summary)),
    make("div", { class: "body" },
      description ? make("p", {}, description) : null,
      factsOf("Parameters", parameters.map((parameter) => ({
        name: parameter.name,
        kind: [parameter.in, typeOf(parameter.schema ?? {}, document), parameter.required ? "required" : null],
        text: parameter.description,
      }))),
      body ? factsOf(`Body, ${body.type}`, fieldsOf(body.schema, document).map((field) => ({
        name: field.name, kind: [field.type, field.required ? "required" : null], text: field.description,
      }))) : null,
      factsOf("Answers", Object.entries(responses).map(([status, answer]) => {
        const { description, content } = resolve(answer, document);
        return { name: status, kind: Object.keys(content ?? {}), text: description };
      })),
      make("div", {},
        make("h4", {}, "Example"),
        make("pre", { tabindex: "0" }, make("code", {}, curlOf(operation, document))))));
}

function factsOf(title, facts) {
  if (facts.length === 0) return null;
  return make("div", {}, make("h4", {}, title), make("dl", { class: "facts" }, facts.map(({ name, kind, text }) => {
    const words = kind.filter((word) => word).join(", ");
    return make("div", {},
      make("dt", {}, make("code", {}, name)),
      make("dd", {},
        words ? make("span", { class: "soft small" }, text ? `${words}. ` : words) : null,
        text ?? null));
  })));
}
