import { viewportJson } from './viewport-json.ts';
import { journalDatasets } from '#shared/domain/journal';
import type { AppendAnswer } from '#shared/domain/ingest';
import { parseInstant } from '#shared/domain/zone-time';
import { WorkbenchError, type ErrorCode } from '#shared/errors';
import { createClient, type Bridge, type Client, type ViewportQuestion } from '#shared/ipc';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';
import { parseLines } from '../ingest/parse-lines.ts';

export interface HttpApi {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface HttpApiOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** Where address and token are left for bots of the same user: `{"url", "token"}`, readable by the owner alone. */
  readonly noteFile: string;
}

const longestBodyBytes = 33_554_432;
/** Bodies that may be held at once; above this callers are asked to come back. */
const mostBytesHeld = 67_108_864;

/**
 * Serves bots that speak HTTP, on this machine only: `POST /v1/candles`, `/v1/objects` and `/v1/` with each part of the
 * journal (`journalDatasets`; NDJSON, or a JSON list), `GET /v1/viewport`, `GET /v1/store`, `GET /v1/health`,
 * `GET /v1/metrics` (Prometheus). Every request carries the token as `Authorization: Bearer`; a page in a browser cannot
 * get in, whatever name it gives this machine.
 */
export async function serveHttpApi(bridge: Bridge, options: HttpApiOptions): Promise<HttpApi> {
  const token = randomBytes(24).toString('base64url');
  const client = createClient(bridge);
  const appends = appendRoutes(client);
  let bytesHeld = 0;

  const server = createServer((request, response) => {
    handle(request).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, errorAnswer(error)),
    );
  });

  async function handle(request: IncomingMessage): Promise<Answer> {
    const refused = refusal(request, token, portOf(server));
    if (refused !== null) return refused;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const route = `${request.method} ${url.pathname}`;
    const append = appends.get(route);
    if (append !== undefined) return appendBody(request, append);
    if (route === 'GET /v1/viewport') return { status: 200, body: await viewport(client, url.searchParams) };
    if (route === 'GET /v1/store') return { status: 200, body: await client.store.describe({}) };
    if (route === 'GET /v1/health') return { status: 200, body: await client.health.check({}) };
    if (route === 'GET /v1/metrics') return { status: 200, body: await client.health.metrics({}) };
    return { status: 404, body: { error: `There is nothing at ${route}` } };
  }

  async function appendBody(request: IncomingMessage, append: Append): Promise<Answer> {
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > longestBodyBytes) return tooLong;
    if (bytesHeld + announced > mostBytesHeld) return comeBack;
    bytesHeld += announced;
    try {
      const text = await readBody(request);
      if (text === null) return tooLong;
      const { rows, lines, rejected } = parseLines(text);
      const answer = rows.length === 0 ? { accepted: 0, rejected: [] } : await append(rows);
      const refused = answer.rejected.map(({ line, ...fault }) => ({
        line: lines[line - 1] ?? line,
        ...fault,
      }));
      const all = [...rejected, ...refused].sort((a, b) => a.line - b.line);
      return { status: 200, body: { ...answer, rejected: all } };
    } finally {
      bytesHeld -= announced;
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portFault(error, options.port)));
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${portOf(server)}`;
  await writeFileAtomically(options.noteFile, `${JSON.stringify({ url, token })}\n`);
  return {
    url,
    async close() {
      // A later server of the same store may have put its own there.
      const note = await readFile(options.noteFile, 'utf8').catch(() => '');
      if (note.includes(token)) await rm(options.noteFile, { force: true });
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
    },
  };
}

type Append = (rows: readonly unknown[]) => Promise<AppendAnswer>;

function appendRoutes(client: Client): ReadonlyMap<string, Append> {
  return new Map<string, Append>([
    ['POST /v1/candles', (rows) => client.candles.append({ rows })],
    ['POST /v1/objects', (rows) => client.objects.append({ rows })],
    ...journalDatasets.map((dataset): [string, Append] => [
      `POST /v1/${dataset}`,
      (rows) => client.journal.append({ dataset, rows }),
    ]),
  ]);
}

function portFault(error: Error, port: number): Error {
  const taken = 'code' in error && error.code === 'EADDRINUSE';
  return taken ? new WorkbenchError('busy', `port: another program answers on ${port}`) : error;
}

interface Answer {
  readonly status: number;
  /** Text is sent as it is, anything else as JSON. */
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

const tooLong: Answer = {
  status: 413,
  body: { error: `The body is longer than ${longestBodyBytes} bytes: send it in pieces` },
};
const comeBack: Answer = {
  status: 429,
  body: { error: 'Too much waits to be written' },
  headers: { 'Retry-After': '1' },
};

/** Null lets the request in. */
function refusal({ headers }: IncomingMessage, token: string, port: number): Answer | null {
  const host = headers.host ?? '';
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return { status: 403, body: { error: `This is not ${host}` } };
  }
  if (headers.origin !== undefined) return { status: 403, body: { error: 'Pages have no access' } };
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    return { status: 401, body: { error: 'The token is missing or wrong' } };
  }
  return null;
}

async function viewport(client: Client, parameters: URLSearchParams): Promise<object> {
  const text = (name: string) => {
    const value = parameters.get(name);
    if (value === null) throw new WorkbenchError('argument-invalid', `${name}: is missing`);
    return value;
  };
  const question: ViewportQuestion = {
    symbol: text('symbol'),
    timeframe: text('timeframe'),
    from: instantOf('from', text('from')),
    until: instantOf('until', text('until')),
    ...(parameters.has('asOf') ? { asOf: instantOf('asOf', text('asOf')) } : {}),
  };
  return viewportJson(await client.candles.viewport(question));
}

function instantOf(name: string, text: string): number {
  const parsed = parseInstant(text, 'UTC');
  if (!parsed.ok) throw new WorkbenchError('argument-invalid', `${name}: ${parsed.reason}`);
  return parsed.ts;
}

/** Null when it is too long, whatever it announced. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > longestBodyBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const statusOf: Partial<Record<ErrorCode, number>> = {
  'argument-invalid': 400,
  'dataset-missing': 404,
  busy: 409,
  'store-read-only': 409,
  'store-owned': 409,
  'disk-full': 507,
};

function errorAnswer(error: unknown): Answer {
  const code = error instanceof WorkbenchError ? error.code : 'unexpected';
  const message = error instanceof Error ? error.message : String(error);
  return { status: statusOf[code] ?? 500, body: { error: message, code } };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; version=0.0.4; charset=utf-8' : 'application/json';
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', ...headers });
  response.end(isText ? body : `${JSON.stringify(body)}\n`);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
