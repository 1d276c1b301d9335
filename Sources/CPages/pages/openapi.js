// What the documentation needs of an OpenAPI document: its operations by group, and schemas in words.

const methods = ["get", "post", "put", "patch", "delete"];

// Follows `$ref` inside the document. Another document's is left as it is.
export function resolve(thing, document) {
  for (let hops = 0; typeof thing?.$ref === "string" && thing.$ref.startsWith("#/") && hops < 10; hops++) {
    const names = thing.$ref.slice(2).split("/").map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
    thing = names.reduce((inner, name) => inner?.[name], document);
  }
  return thing ?? {};
}

// [{ name, description, operations }], in the order of the document's tags.
export function groupsOf(document) {
  const groups = new Map((document.tags ?? []).map((tag) => [tag.name, { ...tag, operations: [] }]));
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods.filter((method) => item[method])) {
      const operation = operationOf(method, path, item, document);
      const name = item[method].tags?.[0] ?? "Other";
      if (!groups.has(name)) groups.set(name, { name, operations: [] });
      groups.get(name).operations.push(operation);
    }
  }
  return [...groups.values()].filter((group) => group.operations.length > 0);
}

function operationOf(method, path, item, document) {
  const source = item[method];
  const parameters = [...(item.parameters ?? []), ...(source.parameters ?? [])].map((one) => resolve(one, document));
  return {
    method, path, parameters,
    id: source.operationId ?? `${method}${path.replaceAll(/\W+/g, "-")}`,
    summary: source.summary ?? path,
    description: source.description,
    body: bodyOf(source.requestBody, document),
    responses: source.responses ?? {},
    needsKey: (source.security ?? document.security ?? []).some((need) => Object.keys(need).length > 0),
  };
}

// The body as a form where there is one, because that is what a photo on disk is sent as.
function bodyOf(source, document) {
  const content = resolve(source, document).content ?? {};
  const type = Object.keys(content).find((type) => type.startsWith("multipart/")) ?? Object.keys(content)[0];
  if (type === undefined) return null;
  return { type, schema: resolve(content[type].schema, document), example: content[type].example };
}

// The fields of an object, [{ name, type, required, description, schema }].
export function fieldsOf(schema, document) {
  const whole = resolve(schema, document);
  return Object.entries(whole.properties ?? {}).map(([name, property]) => {
    const inner = resolve(property, document);
    return {
      name, type: typeOf(inner, document), required: whole.required?.includes(name) ?? false,
      description: inner.description, schema: inner,
    };
  });
}

export function typeOf(schema, document) {
  const inner = resolve(schema, document);
  const type = [inner.type].flat().filter((name) => name).join(" or ");
  if (inner.enum) return inner.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (inner.type === "array") return `array of ${typeOf(inner.items, document)}`;
  const choices = inner.oneOf ?? inner.anyOf;
  if (choices) return choices.map((choice) => typeOf(choice, document)).join(" or ");
  return inner.format ? `${type} (${inner.format})` : type;
}
