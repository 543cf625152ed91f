// What pages show as code: JSON with colours, frames as they came, and requests that one can copy.

import { element, ROOT, visible } from './page.js';

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

const of = (className, text) => element('span', text, className);

/** How deep lines are indented at most: data that is nested deeper would become many times as long. */
const DEEPEST = 16;

/** A text as JSON writes it in the fewest escapes; what is no text is taken as it stands, since a number may have more digits than the page can count. */
const plain = (token) => (token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token);

/** JSON with a line for each value. Its values are those that came: none is left out, rounded or put elsewhere. */
function indented(text) {
  let depth = 0;
  const line = () => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`;
  const write = {
    '{': () => ((depth += 1), `{${line()}`),
    '[': () => ((depth += 1), `[${line()}`),
    '}': () => ((depth -= 1), `${line()}}`),
    ']': () => ((depth -= 1), `${line()}]`),
    ',': () => `,${line()}`,
    ':': () => ': ',
  };
  return text.match(/"(?:\\.|[^"\\])*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s{}[\],:"]+/g)
    .map((token) => (/^[{[]\s*[}\]]$/.test(token) ? token.replace(/\s/g, '') : write[token]?.() ?? plain(token)))
    .join('');
}

/** Whether a text is JSON, and not only a text or a number. */
export function isJson(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** Pretty JSON, or nothing if the text is none. */
export const prettyJson = (text) => (isJson(text) ? indented(text) : null);

/** Pretty JSON as nodes, or nothing. */
export function jsonNodes(text) {
  const json = prettyJson(text);
  if (json === null) {
    return null;
  }
  const pretty = visible(json);
  const nodes = [];
  let from = 0;
  for (const found of pretty.matchAll(TOKENS)) {
    nodes.push(pretty.slice(from, found.index));
    nodes.push(found[2] ? of('k', found[1]) : of('s', found[1] ?? found[0]));
    if (found[2]) {
      nodes.push(found[2]);
    }
    from = found.index + found[0].length;
  }
  nodes.push(pretty.slice(from));
  return nodes;
}

const WORDS =
  /\b(const|let|await|async|new|import|export|return|if|else|for|while|throw|throws|function|class|extends|implements|public|private|static|final|record|package|void)\b/;
/** Comments, and texts in quotes. Before the slashes of an address there is no space. */
const APART = /(\/\*[\s\S]*?\*\/|(?:^|\s)\/\/.*|"(?:\\.|[^"\\])*"|'(?:[^'\n]|'\\'')*'|`[^`]*`)/;

const nodeOf = (part) => of(part.trimStart().startsWith('/') ? 'c' : 's', part);

/** Longer code has one colour: data can be made so that looking for the ends of its texts takes long. */
const LONGEST = 5000;

/** Code with its comments, its texts and its words. */
export const codeNodes = (code) =>
  code.length > LONGEST ? [code] : code.split(APART).flatMap((part, i) => (i % 2 ? [nodeOf(part)] : part.split(WORDS).map((word, j) => (j % 2 ? of('k', word) : word))));

const field = (name, value) => [of('f', `${name}: `), value, '\n'];

/** An event as it stands in a stream. */
export const frameNodes = ({ type, id, data }) => [
  ...(type ? field('event', visible(type)) : []),
  ...field('id', visible(id)),
  ...data.split(/\r\n|\r|\n/).flatMap((line) => field('data', of('s', visible(line)))),
];

/** What a terminal would obey when it is pasted; between quotes a line break is harmless. */
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

/** A text in quotes, for any shell. What would end one, or escape in some shell, stands in double quotes. */
const quoted = (text) => `'${text.replace(/['\\]/g, (each) => (each === "'" ? `'"'"'` : `'"\\\\"'`))}'`;

/** A field of a form. With control characters it is encoded, since no shell takes all of them as they are. */
const formField = ([name, value]) =>
  (CONTROLS.test(value) ? `--data ${quoted(`${new URLSearchParams([[name, value]])}`)}` : `--data-urlencode ${quoted(`${name}=${value}`)}`);

/** JSON has control characters between its values alone, and a space may stand for them. */
const spaced = (lines) => lines.replace(new RegExp(CONTROLS, 'g'), ' ');

const BEARER = '-H "Authorization: Bearer $TOKEN"';
const below = (path) => `${new URL(path, ROOT)}`;

/** The fields of a request that publishes, in order. */
export const fieldsOf = ({ to = [], topics = [], type = '', id = '', isPrivate = false, data = '' }) => [
  ...to.map((user) => ['to', user]),
  ...topics.map((topic) => ['topic', topic]),
  ...(type ? [['type', type]] : []),
  ...(id ? [['id', id]] : []),
  ...(isPrivate ? [['private', 'on']] : []),
  ['msg', data],
];

/** The curl that publishes an event. */
export function curlToPublish(event) {
  if (event.lines) {
    return `curl ${below('msg')} ${BEARER} -H "Content-Type: application/x-ndjson" \\\n  --data-raw ${quoted(spaced(event.data))}`;
  }
  const once = event.key ? ` \\\n  -H "Idempotency-Key: ${event.key}"` : '';
  const parts = fieldsOf(event).map(formField);
  return [`curl ${below('msg')} ${BEARER}${once}`, ...parts].join(' \\\n  ');
}

/** The curl that follows what came after an event. */
export const curlToResume = (topics, id) =>
  [`curl -N -G ${below('events')} ${BEARER}`, ...topics.map((topic) => formField(['topic', topic])), formField(['lastEventID', id])]
    .join(' \\\n  ');

const json = (value) => JSON.stringify(value);

function javaScript(event) {
  const body = event.lines ? json(event.data) : `new URLSearchParams(${json(fieldsOf(event))})`;
  const headers = [
    '    Authorization: `Bearer ${token}`,',
    ...(event.lines ? ["    'Content-Type': 'application/x-ndjson',"] : []),
    ...(event.key ? [`    'Idempotency-Key': '${event.key}',`] : []),
  ];
  return `const answer = await fetch('${below('msg')}', {\n  method: 'POST',\n  headers: {\n${headers.join('\n')}\n  },\n  body: ${body},\n});\nconst published = await answer.json();`;
}

function python(event) {
  const headers = [
    '"Authorization": f"Bearer {token}"',
    ...(event.lines ? ['"Content-Type": "application/x-ndjson"'] : []),
    ...(event.key ? [`"Idempotency-Key": "${event.key}"`] : []),
  ];
  const data = event.lines ? `${json(event.data)}.encode()` : `[${fieldsOf(event).map((pair) => `(${pair.map(json).join(', ')})`).join(', ')}]`;
  return `import requests\n\nanswer = requests.post(\n    "${below('msg')}",\n    headers={${headers.join(', ')}},\n    data=${data},\n)\nanswer.raise_for_status()\nprint(answer.json())`;
}

function java(event) {
  const body = event.lines ? event.data : new URLSearchParams(fieldsOf(event)).toString();
  const type = event.lines ? 'application/x-ndjson' : 'application/x-www-form-urlencoded';
  const once = event.key ? `\n        .header("Idempotency-Key", "${event.key}")` : '';
  return `HttpRequest request = HttpRequest.newBuilder(URI.create("${below('msg')}"))\n        .header("Authorization", "Bearer " + token)\n        .header("Content-Type", "${type}")${once}\n        .POST(BodyPublishers.ofString(${json(body)}))\n        .build();\nHttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());`;
}

/** How to publish the same, by language. */
export const LANGUAGES = { curl: curlToPublish, Java: java, JavaScript: javaScript, Python: python };
