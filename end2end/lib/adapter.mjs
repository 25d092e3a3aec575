// What a form's fields stand for: the adapter's rules once more, read from the API's own document.

import { readFile } from 'node:fs/promises';

const DOCUMENT = JSON.parse(
  await readFile(new URL('../../api/openapi.json', import.meta.url), 'utf8'),
);

/** All operations by name: method, path and the schema of the body. */
export const OPERATIONS = new Map(
  Object.entries(DOCUMENT.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, content]) => [
      content.operationId,
      { method, path, body: content.requestBody?.content['application/json'].schema },
    ]),
  ),
);

/** The body that the fields of a sent form stand for. */
export function bodyOf(operation, fields) {
  const schema = OPERATIONS.get(operation).body;
  const whole = fields.findLast(([name]) => name === ':json');
  if (whole) return JSON.parse(whole[1]);
  const body = {};
  for (const [name, text] of fields) {
    if (name.startsWith('_')) continue;
    const [path, how = ''] = name.split(':');
    const kind = typeAt(schema, path.replaceAll('{}', '').split('.'));
    if (how === 'json') body[path] = JSON.parse(text);
    else if (path.endsWith('{}')) body[path.slice(0, -2)] ??= {};
    else if (kind === 'map') body[path] = lines(text);
    else if (text !== '' || how.endsWith('or-empty')) place(body, path.split('.'), scalar(text, kind, how));
  }
  closeUp(body);
  return body;
}

/** Rows that were left empty are none. */
function closeUp(value) {
  for (const [name, one] of Object.entries(value)) {
    if (Array.isArray(one)) value[name] = Array.from(one).filter((row) => row !== undefined);
    else if (one !== null && typeof one === 'object') closeUp(one);
  }
}

function resolve(schema) {
  if (schema?.$ref) return resolve(DOCUMENT.components.schemas[schema.$ref.split('/').at(-1)]);
  const several = schema?.anyOf ?? schema?.allOf;
  return several ? resolve(several[0]) : schema;
}

function typeAt(schema, [first, ...rest]) {
  if (first === undefined) {
    const found = resolve(schema);
    return found?.additionalProperties?.type ? 'map' : found?.type;
  }
  const { name, row } = rowOf(first);
  const inner = resolve(resolve(schema)?.properties?.[name]);
  return typeAt(row === undefined ? inner : inner?.items, rest);
}

function scalar(text, kind, how) {
  if (how.startsWith('base64')) return Buffer.from(text.replaceAll('\r\n', '\n')).toString('base64');
  if (kind === 'integer') return Number(text);
  if (kind === 'boolean') return text === 'true';
  return text;
}

function lines(text) {
  const pairs = text.split('\n').map((line) => line.trim()).filter(Boolean);
  return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2).map((word) => word.trim())));
}

function place(target, [first, ...rest], value) {
  const { name, row } = rowOf(first);
  if (row !== undefined) {
    const list = (target[name] ??= []);
    const at = row === '' ? list.length : Number(row);
    if (rest.length === 0) list[at] = value;
    else place((list[at] ??= {}), rest, value);
  } else if (rest.length === 0) target[first] = value;
  else place((target[first] ??= {}), rest, value);
}

/** `a[2]` is the third row of `a`, and `a[]` another one. */
function rowOf(word) {
  const [, name, row] = word.match(/^([^[]*)(?:\[(\d*)\])?$/);
  return { name, row };
}
