// A command line that tries an operation.
import { fieldsOf } from "./openapi.js";

export function curlOf(operation, document) {
  const lines = ["curl"];
  if (operation.method !== "get") lines[0] += ` -X ${operation.method.toUpperCase()}`;
  lines[0] += ` ${quote(location.origin + pathOf(operation))}`;
  if (operation.needsKey) lines.push('-H "x-api-key: $FACEPRINT_KEY"');
  if (operation.body) lines.push(...bodyOf(operation.body, document));
  return lines.join(" \\\n  ");
}

function pathOf({ path, parameters }) {
  const query = parameters.filter((parameter) => parameter.in === "query" && parameter.required)
    .map((parameter) => `${parameter.name}=${exampleOf(parameter.schema ?? {}, parameter.name)}`);
  return query.length > 0 ? `${path}?${query.join("&")}` : path;
}

function bodyOf({ type, schema, example }, document) {
  const fields = fieldsOf(schema, document);
  if (type.startsWith("multipart/")) {
    const needed = fields.filter((field) => field.required);
    return (needed.length > 0 ? needed : fields.slice(0, 1)).map((field) => {
      const value = isFile(field) ? "@photo.jpg" : exampleOf(field.schema, field.name);
      return `-F ${quote(`${field.name}=${value}`)}`;
    });
  }
  const value = example ?? Object.fromEntries(fields.map((field) => [field.name, exampleOf(field.schema, field.name)]));
  return [`-H ${quote(`content-type: ${type}`)}`, `-d ${quote(JSON.stringify(value))}`];
}

function isFile({ schema }) {
  return schema.format === "binary" || schema.contentMediaType !== undefined || schema.type === undefined;
}

function exampleOf(schema, name) {
  if (schema.example !== undefined) return schema.example;
  if (schema.examples?.length > 0) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  switch ([schema.type].flat()[0]) {
    case "integer": return 1;
    case "number": return 1.0;
    case "boolean": return true;
    case "array": return [];
    case "object": return {};
    default: return name.toUpperCase();
  }
}

// As one word for a shell.
function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
