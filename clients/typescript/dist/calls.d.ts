/** One call: key, deadline, request ids, retries, and the error's type. */
import { type Interceptor, type Transport } from "@connectrpc/connect";
/** The API key, or a function that is asked for it (or a JWT) before each call. */
export type Key = string | (() => string | Promise<string>);
/** A key without the white space around it; refuses what a header can't carry. */
export declare function checkedKey(key: string): string;
/** Everything that a call needs beyond what is generated, in the order from outside to inside. */
export declare function interceptors(key: Key): Interceptor[];
/** Unary calls end after 30 s unless they say otherwise; streams don't. */
export declare function withDeadline(inner: Transport): Transport;
/** Resolves after a time, rejects when the signal says so first. */
export declare function sleep(ms: number, signal: AbortSignal): Promise<void>;
