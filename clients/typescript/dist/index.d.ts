import { type Key } from "./calls.js";
import { Client } from "./client.js";
export * from "./shared.js";
export interface ConnectOptions {
    /**
     * `host:port`, `http://host:port` or `https://host:port`; default UPNEXT_ADDRESS, then
     * 127.0.0.1:50051. Without a scheme, TLS is spoken except with this machine.
     */
    address?: string;
    /** Default UPNEXT_KEY. */
    key?: Key;
    /** Root certificates, PEM; default the system's. */
    ca?: string;
    /** The client's certificate chain and private key, PEM. */
    certificate?: {
        chain: string;
        privateKey: string;
    };
}
/** Connects with the first call. */
export declare function connect(options?: ConnectOptions): Client;
