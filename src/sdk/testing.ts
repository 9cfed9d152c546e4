export {
  type CollectedRow,
  type CollectOptions,
  callFunction,
  collectRows,
  type FeedOptions,
  feedSink,
} from './without-host.ts';
