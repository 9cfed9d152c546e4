import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** Sends a complete response. */
export function send(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.type !== null) response.setHeader('Content-Type', answer.type);
  response.setHeader('Content-Length', body.length);
  response.statusCode = answer.status;
  response.end(body);
}
