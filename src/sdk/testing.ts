export { callFunction } from './testing/call.ts';
export { type CollectedRow, type CollectOptions, collectRows } from './testing/collect.ts';
export { type FeedOptions, feedSink } from './testing/feed.ts';
