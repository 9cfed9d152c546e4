import { freemem, totalmem } from 'node:os';
import { releaseOf } from '../../model/target.ts';
import { empty, json, text } from '../http/answer.ts';
import { goMarshal } from '../http/go-text.ts';
import type { Call, Route } from '../http/route.ts';

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** `GET /` (version and architecture), `/ping`, and the empty lists of rules and streams. */
export const SYSTEM_ROUTES: readonly Route[] = [
  { path: '/', methods: { GET: about, POST: about } },
  { path: '/ping', methods: { GET: () => empty(200) } },
  { path: '/rules', methods: { GET: () => json([]) } },
  { path: '/streams', methods: { GET: () => json([]) } },
  { path: '/tables', methods: { GET: () => json([]) } },
];

function about({ host, target, upSeconds }: Call): ReturnType<typeof text> {
  const { platform, architecture } = host.machine;
  return text(
    200,
    goMarshal({
      version: releaseOf(target),
      os: platform,
      arch: ARCHITECTURES[architecture] ?? architecture,
      upTimeSeconds: Math.floor(upSeconds),
      cpuUsage: '0%',
      memoryUsed: String(totalmem() - freemem()),
      memoryTotal: String(totalmem()),
    }),
  );
}
