import { type Key } from "./calls.js";
import { Client } from "./client.js";
export * from "./shared.js";
export interface ConnectOptions {
    /** The server's `https://host:port`; default where the page came from. */
    address?: string;
    key: Key;
}
/**
 * Connects with the first call. Without TLS a browser has six connections to a host, and each open
 * stream takes one.
 */
export declare function connect({ address, key }: ConnectOptions): Client;
