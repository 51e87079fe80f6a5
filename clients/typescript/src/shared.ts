/** What Node and browsers have in common. */
export { Client, type OnProgress } from "./client.js";
export { checkedKey, interceptors, type Key } from "./calls.js";
export { Code, UpnextError, type Reason, type Violation } from "./errors.js";
export { pages, wholePages } from "./pages.js";
export { Queue, type Listener, type WatchOptions } from "./queue.js";
export type { Change } from "./state.js";
// TypeScript has a Record of its own.
export type { Record as CrmRecord } from "../gen/upnext/v1/record_pb.js";
