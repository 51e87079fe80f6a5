import { Code, ConnectError } from "@connectrpc/connect";
import type { Status } from "../gen/google/rpc/status_pb.js";
import type { ErrorReason } from "../gen/upnext/v1/error_reason_pb.js";
export { Code };
/** A reason as text, also one that this version doesn't know; "" if the server never answered. */
export type Reason = keyof typeof ErrorReason | "" | (string & {});
/** One field that is wrong. */
export interface Violation {
    field: string;
    reason: Reason;
    description: string;
}
declare const brand: unique symbol;
/** A call failed. Decide by `code` and `reason`, never by the text. */
export declare class UpnextError extends ConnectError {
    readonly [brand] = true;
    /** A name of ErrorReason; "" if the way to the server failed. */
    readonly reason: Reason;
    /**
     * What the reason's comment promises. `metadata`, a name that Connect took, has the answer's
     * headers.
     */
    readonly info: {
        readonly [key: string]: string;
    };
    /** May be cut by the server; `info.violations` has their number. */
    readonly violations: readonly Violation[];
    /** When to try again, in milliseconds. */
    readonly retryAfterMs?: number;
    constructor(from: ConnectError);
    static [Symbol.hasInstance](value: unknown): value is UpnextError;
    static from(error: unknown): UpnextError;
    /** The error of a batch's item or of an operation, the same as a call's. */
    static fromStatus(status: Status): UpnextError;
}
