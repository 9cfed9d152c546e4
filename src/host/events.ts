/** What goes on in the host, for a log that people read. */
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
      /** Program and arguments, as given to the operating system. */
      readonly command: readonly string[];
    }
  | { readonly kind: 'running'; readonly plugin: string; readonly afterMs: number }
  | {
      readonly kind: 'ended';
      readonly plugin: string;
      /** Go's words: `exit status 1`, `signal: killed`. */
      readonly how: string;
      /** True when the host itself ended it. */
      readonly asked: boolean;
    }
  | { readonly kind: 'note'; readonly plugin: string | null; readonly text: string };

export type OnEvent = (event: HostEvent) => void;
