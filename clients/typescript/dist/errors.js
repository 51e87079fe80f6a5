/** What a call that failed throws: its code, its reason, and every violation. */
import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "../gen/google/rpc/error_details_pb.js";
export { Code };
const brand = Symbol.for("@upnext/client.UpnextError");
/** A call failed. Decide by `code` and `reason`, never by the text. */
export class UpnextError extends ConnectError {
    [brand] = true;
    /** A name of ErrorReason; "" if the way to the server failed. */
    reason = "";
    /**
     * What the reason's comment promises. `metadata`, a name that Connect took, has the answer's
     * headers.
     */
    info = {};
    /** May be cut by the server; `info.violations` has their number. */
    violations = [];
    /** When to try again, in milliseconds. */
    retryAfterMs;
    constructor(from) {
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
        if (retry?.retryDelay)
            this.retryAfterMs = durationMs(retry.retryDelay);
    }
    // ConnectError's own says yes to every ConnectError.
    static [Symbol.hasInstance](value) {
        return typeof value === "object" && value !== null && brand in value;
    }
    static from(error) {
        return error instanceof UpnextError ? error : new UpnextError(ConnectError.from(error));
    }
    /** The error of a batch's item or of an operation, the same as a call's. */
    static fromStatus(status) {
        const error = new ConnectError(status.message, status.code);
        error.details = status.details.map((packed) => ({ type: packed.typeUrl.split("/").pop() ?? "", value: packed.value }));
        return new UpnextError(error);
    }
}
