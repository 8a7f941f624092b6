// Without `node:`, which VS Code would hand out without its proxy and certificates.
import http from 'http';
import https from 'https';
import type { RayAddress } from './rayAddress';
import { RayProblem } from './rayProblem';

/** A job as Ray's Jobs API describes it. */
export interface RayJobState {
  readonly status: 'PENDING' | 'RUNNING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED';
  readonly message: string;
  /** E.g. `JOB_SUPERVISOR_ACTOR_DIED`; undefined from clusters that do not say. */
  readonly errorType: string | undefined;
  readonly exitCode: number | undefined;
  /** Where it runs, or ran. */
  readonly nodeId: string | undefined;
}

/** What is submitted, in Ray's words. */
export interface RayJobRequest {
  readonly entrypoint: string;
  readonly submission_id: string;
  readonly runtime_env: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly [resource: `entrypoint_${string}`]: unknown;
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Milliseconds without a byte. */
const patience = 30_000;
/** A dashboard that has only just started takes several seconds for its first job. */
const submitPatience = 120_000;
/** Bytes of an answer; logs are read in another way. */
const longestReply = 64 * 1024 * 1024;

/**
 * Ray's Jobs API. Node's own `http` speaks it: what browsers send beside a request, and so `fetch` does, makes Ray refuse to take a
 * job. Rejects with a {@link RayProblem}.
 */
export class RayClient {
  private readonly agent: http.Agent;

  constructor(readonly address: RayAddress) {
    const { Agent } = address.url.startsWith('https:') ? https : http;
    this.agent = new Agent({ keepAlive: true, maxSockets: 8 });
  }

  /** Resolves to whether the job was taken; not so where one with its id is there already. */
  async submit(job: RayJobRequest, signal: AbortSignal): Promise<boolean> {
    const body = [Buffer.from(JSON.stringify(job))];
    const reply = await this.ask('POST', '/api/jobs/', signal, body, submitPatience);
    if (reply.status === 200) return true;
    if (/submission_id .+ already exists/.test(reply.text)) return false;
    throw this.refusal(reply);
  }

  /** Undefined where the cluster knows no such job. */
  async job(id: string, signal: AbortSignal): Promise<RayJobState | undefined> {
    const reply = await this.ask('GET', `/api/jobs/${encodeURIComponent(id)}`, signal);
    if (isUnknown(reply)) return undefined;
    return this.read(reply, readState);
  }

  /** Asks a job to end; resolves to whether there was something to end. */
  async stop(id: string, signal: AbortSignal): Promise<boolean> {
    const reply = await this.ask('POST', `/api/jobs/${encodeURIComponent(id)}/stop`, signal);
    if (isUnknown(reply)) return false;
    return this.read(reply, (value) =>
      typeof value['stopped'] === 'boolean' ? value['stopped'] : undefined,
    );
  }

  /** All that a job has printed so far. */
  async logs(id: string, signal: AbortSignal): Promise<string> {
    const reply = await this.ask('GET', `/api/jobs/${encodeURIComponent(id)}/logs`, signal);
    return this.read(reply, ({ logs }) => (typeof logs === 'string' ? logs : undefined));
  }

  /** Whether the cluster has a package; it then keeps it for some minutes at least. */
  async hasPackage(name: string, signal: AbortSignal): Promise<boolean> {
    const reply = await this.ask('GET', `/api/packages/gcs/${name}`, signal);
    if (reply.status === 404 && reply.text.includes(name)) return false;
    if (reply.status === 200) return true;
    throw this.refusal(reply);
  }

  async putPackage(name: string, parts: readonly Buffer[], signal: AbortSignal): Promise<void> {
    const path = `/api/packages/gcs/${name}`;
    const reply = await this.ask('PUT', path, signal, parts, submitPatience);
    if (reply.status !== 200) throw this.refusal(reply);
  }

  /** For what is no plain request. */
  get headers(): Record<string, string> {
    const { authorization } = this.address;
    if (authorization === undefined) return {};
    // Gateways before a cluster may keep the usual header for themselves.
    return { authorization, 'x-ray-authorization': authorization };
  }

  dispose(): void {
    this.agent.destroy();
  }

  private read<T>(reply: Reply, take: (value: Record<string, unknown>) => T | undefined): T {
    if (reply.status !== 200) throw this.refusal(reply);
    const taken = take(parsed(reply.text));
    if (taken === undefined) throw this.problem('noCluster', firstLine(reply.text));
    return taken;
  }

  private refusal({ status, text }: Reply): RayProblem {
    if (status === 401 || status === 403) return this.problem('unauthorized', lastLine(text));
    if (status < 400 || status === 404 || status === 405) {
      return this.problem('noCluster', `HTTP ${status}`);
    }
    return this.problem(
      [502, 503, 504].includes(status) ? 'unreachable' : 'rejected',
      lastLine(text) || `HTTP ${status}`,
    );
  }

  private problem(kind: RayProblem['kind'], detail: string): RayProblem {
    return new RayProblem(kind, detail.slice(0, 500), this.address.url);
  }

  private ask(
    method: string,
    path: string,
    signal: AbortSignal,
    body?: readonly Buffer[],
    timeout = patience,
  ): Promise<Reply> {
    const { url } = this.address;
    const { request } = url.startsWith('https:') ? https : http;
    const type = method === 'PUT' ? 'application/zip' : 'application/json';
    const headers = {
      ...this.headers,
      ...(body && { 'content-type': type, 'content-length': lengthOf(body) }),
    };
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const fail = (error: Error): void =>
        reject(
          signal.aborted ? (signal.reason as Error) : this.problem('unreachable', wordsOf(error)),
        );
      const asked = request(url + path, { method, headers, agent: this.agent, signal, timeout });
      asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
      asked.on('error', fail);
      asked.on('response', (response) => {
        const pieces: Buffer[] = [];
        let length = 0;
        response.on('data', (piece: Buffer) => {
          pieces.push(piece);
          length += piece.length;
          if (length > longestReply) asked.destroy(new Error('too long an answer'));
        });
        response.on('error', fail);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }),
        );
      });
      body?.forEach((part) => asked.write(part));
      asked.end();
    });
  }
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** Another server than Ray's answers 404, too. */
function isUnknown({ status, text }: Reply): boolean {
  return status === 404 && text.includes('does not exist');
}

function readState(value: Record<string, unknown>): RayJobState | undefined {
  const { status, message, error_type, driver_exit_code, driver_node_id } = value;
  switch (status) {
    case 'PENDING':
    case 'RUNNING':
    case 'STOPPED':
    case 'SUCCEEDED':
    case 'FAILED':
      return {
        status,
        message: typeof message === 'string' ? message : '',
        errorType: typeof error_type === 'string' ? error_type : undefined,
        exitCode: typeof driver_exit_code === 'number' ? driver_exit_code : undefined,
        nodeId: typeof driver_node_id === 'string' ? driver_node_id : undefined,
      };
    default:
      return undefined;
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Ray answers with the whole traceback, whose end says what was wrong. */
function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line.length > 1) ?? '';
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0] ?? '';
}

/** Some errors of Node have a code and no words. */
function wordsOf(error: NodeJS.ErrnoException): string {
  return error.message || error.code || String(error);
}
