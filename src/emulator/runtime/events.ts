import type { SymbolKind } from '../../model/symbol.ts';
import type { RuleMeta, SourceMessage } from './contract.ts';

/** Events of the host for a log. */
export type HostEvent =
  | {
      readonly kind: 'output';
      readonly plugin: string;
      readonly stream: 'stdout' | 'stderr';
      readonly line: string;
    }
  | {
      readonly kind: 'started';
      readonly plugin: string;
      readonly pid: number;
      /** Program and arguments as passed to the operating system. */
      readonly command: readonly string[];
    }
  | { readonly kind: 'running'; readonly plugin: string; readonly afterMs: number }
  | {
      readonly kind: 'ended';
      readonly plugin: string;
      /** Go's text: `exit status 1`, `signal: killed`. */
      readonly how: string;
      /** True when the host itself ended it. */
      readonly asked: boolean;
    }
  | {
      /** A command and the plugin's answer. */
      readonly kind: 'symbol';
      readonly plugin: string;
      readonly type: SymbolKind;
      readonly symbol: string;
      /** Null for a function. */
      readonly meta: RuleMeta | null;
      readonly command: 'start' | 'stop';
      /** Null when the plugin answered `ok`; else its error text, or why there was no answer. */
      readonly error: string | null;
    }
  | { readonly kind: 'note'; readonly plugin: string | null; readonly text: string };

export type OnEvent = (event: HostEvent) => void;

/** Data events; there may be a hundred thousand per second, so they are made only for a listener. */
export type DataEvent =
  | {
      readonly kind: 'row';
      readonly plugin: string;
      readonly symbol: string;
      readonly meta: RuleMeta;
      readonly row: SourceMessage;
    }
  | {
      readonly kind: 'sent';
      readonly plugin: string;
      readonly symbol: string;
      readonly meta: RuleMeta;
      readonly body: Uint8Array | string;
    }
  | {
      readonly kind: 'ack';
      readonly plugin: string;
      readonly symbol: string;
      readonly meta: RuleMeta;
      readonly error: string | null;
    }
  | {
      readonly kind: 'call';
      readonly plugin: string;
      readonly symbol: string;
      readonly call: 'Validate' | 'IsAggregate' | 'Exec';
      readonly args: readonly unknown[];
      readonly outcome: { readonly result: unknown } | { readonly error: string };
      readonly ms: number;
    };

export type OnData = (event: DataEvent) => void;
