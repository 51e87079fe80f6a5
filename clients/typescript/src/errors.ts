/** What a call that failed throws: its code, its reason, and every violation. */
import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "../gen/google/rpc/error_details_pb.js";
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

const brand = Symbol.for("@upnext/client.UpnextError");

/** A call failed. Decide by `code` and `reason`, never by the text. */
export class UpnextError extends ConnectError {
  readonly [brand] = true;
  /** A name of ErrorReason; "" if the way to the server failed. */
  readonly reason: Reason = "";
  /**
   * What the reason's comment promises. `metadata`, a name that Connect took, has the answer's
   * headers.
   */
  readonly info: { readonly [key: string]: string } = {};
  /** May be cut by the server; `info.violations` has their number. */
  readonly violations: readonly Violation[] = [];
  /** When to try again, in milliseconds. */
  readonly retryAfterMs?: number;

  constructor(from: ConnectError) {
    super(from.rawMessage, from.code, from.metadata, undefined, from.cause);
    this.details = from.details;
    const [info] = from.findDetails(ErrorInfoSchema);
    const [request] = from.findDetails(BadRequestSchema);
    const [retry] = from.findDetails(RetryInfoSchema);
    if (info) {
      this.reason = info.reason;
      this.info = info.metadata;
    }
    this.violations = request?.fieldViolations.map(({ field, reason, description }) => ({ field, reason, description })) ?? [];
    if (retry?.retryDelay) this.retryAfterMs = durationMs(retry.retryDelay);
  }

  // ConnectError's own says yes to every ConnectError.
  static [Symbol.hasInstance](value: unknown): value is UpnextError {
    return typeof value === "object" && value !== null && brand in value;
  }

  static override from(error: unknown): UpnextError {
    return error instanceof UpnextError ? error : new UpnextError(ConnectError.from(error));
  }

  /** The error of a batch's item or of an operation, the same as a call's. */
  static fromStatus(status: Status): UpnextError {
    const error = new ConnectError(status.message, status.code as Code);
    error.details = status.details.map((packed) => ({ type: packed.typeUrl.split("/").pop() ?? "", value: packed.value }));
    return new UpnextError(error);
  }
}
