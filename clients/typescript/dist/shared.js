/** What Node and browsers have in common. */
export { Client } from "./client.js";
export { checkedKey, interceptors } from "./calls.js";
export { Code, UpnextError } from "./errors.js";
export { pages, wholePages } from "./pages.js";
export { Queue } from "./queue.js";
