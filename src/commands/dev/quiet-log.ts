import type { FeedItem, OnItem } from '../../emulator/symbols/feed.ts';

/** What the Python SDK logs about itself: a dozen lines for each start of a symbol. */
const CHATTER = /[\\/]ekuiper[\\/]runtime[\\/]\w+\.py\[line:\d+\] - INFO: /;

/**
 * A log that keeps to itself what a cycle does (processes that end and start, the calls and rows of cases): the
 * cycle's own line tells it. What the plugin itself has to say is let through. `isBusy`: whether a cycle runs.
 */
export function quietLog(isBusy: () => boolean, next: OnItem): OnItem {
  return (item: FeedItem) => {
    const { event } = item;
    const isTold = event.kind === 'note' || (event.kind === 'output' && !CHATTER.test(event.line));
    if (!isBusy() || isTold) next(item);
  };
}
