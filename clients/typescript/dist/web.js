/** The client of upnext for browsers, over gRPC-Web. */
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { checkedKey, interceptors } from "./calls.js";
import { Client } from "./client.js";
export * from "./shared.js";
/**
 * Connects with the first call. Without TLS a browser has six connections to a host, and each open
 * stream takes one.
 */
export function connect({ address, key }) {
    if (typeof key === "string")
        checkedKey(key);
    const transport = createGrpcWebTransport({ baseUrl: address ?? location.origin, interceptors: interceptors(key) });
    const events = [[document, "visibilitychange"], [window, "pageshow"], [window, "online"]];
    const client = new Client(transport, key, () => events.forEach(([target, name]) => target.removeEventListener(name, wake)));
    // No timer runs in a page that sleeps, and no ping finds a dead connection.
    const wake = () => {
        if (document.visibilityState === "visible")
            for (const queue of client.queues)
                queue.wake();
    };
    events.forEach(([target, name]) => target.addEventListener(name, wake));
    return client;
}
