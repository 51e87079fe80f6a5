/** The client of upnext for Node, over gRPC. */
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { checkedKey, interceptors, type Key } from "./calls.js";
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
  certificate?: { chain: string; privateKey: string };
}

/** Connects with the first call. */
export function connect(options: ConnectOptions = {}): Client {
  const baseUrl = url(options.address || process.env["UPNEXT_ADDRESS"] || "127.0.0.1:50051");
  const key = options.key ?? process.env["UPNEXT_KEY"] ?? "";
  if (typeof key === "string") checkedKey(key);
  const tls = { ca: options.ca, cert: options.certificate?.chain, key: options.certificate?.privateKey };
  // A dead peer is noticed after 30 s.
  const pings = { pingIntervalMs: 20_000, pingTimeoutMs: 10_000, pingIdleConnection: true };
  const sessionManager = new Http2SessionManager(baseUrl, pings, baseUrl.startsWith("https:") ? tls : undefined);
  const transport = createGrpcTransport({ baseUrl, sessionManager, interceptors: interceptors(key) });
  return new Client(transport, key, () => sessionManager.abort());
}

function url(address: string): string {
  const text = address.trim();
  const schemed = /^https?:\/\//.test(text) ? text : `http://${text}`;
  const parsed = URL.canParse(schemed) ? new URL(schemed) : undefined;
  if (!parsed || parsed.pathname !== "/" || parsed.search || parsed.username)
    throw new TypeError(`address "${text}": it must be host:port, http://host:port or https://host:port`);
  if (schemed === text) return parsed.origin;
  const host = parsed.port ? parsed.host : `${parsed.host}:50051`;
  return `${isLoopback(parsed.hostname) ? "http" : "https"}://${host}`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\./.test(host);
}
