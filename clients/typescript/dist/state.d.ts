import { type Activity, type QueueCounts } from "../gen/upnext/v1/activity_pb.js";
import { type WatchWorkQueueRequest, type WatchWorkQueueResponse } from "../gen/upnext/v1/work_queue_service_pb.js";
import type { UpnextError } from "./errors.js";
/** What became different: activities, or only `live`. */
export interface Change {
    added: Activity[];
    changed: Activity[];
    removed: Activity[];
    live: boolean;
}
/** The list, in step with the messages applied to it. */
export declare class QueueState {
    #private;
    readonly queue: string;
    readonly window: number;
    items: readonly Activity[];
    counts?: QueueCounts;
    nextDueTime?: Date;
    revision: bigint;
    live: boolean;
    lastError?: UpnextError;
    silenceMs: number;
    constructor(queue: string, window: number);
    /** How to open the stream where we are. */
    request(): WatchWorkQueueRequest;
    /** Whether there was a token to forget. */
    forgetToken(): boolean;
    /**
     * Takes one message in; nothing if nobody can see a difference. What comes in parts is applied as
     * a whole.
     */
    apply(message: WatchWorkQueueResponse): Change | undefined;
}
/** When a stream that ended is opened again: for ever, unless the server's answer is final. */
export declare class Reopening {
    #private;
    readonly state: QueueState;
    readonly keyIsAsked: boolean;
    readonly log: (line: string) => void;
    count: number;
    constructor(state: QueueState, keyIsAsked: boolean, log: (line: string) => void);
    /** A message came: only that ends an outage, never a mere connection. */
    heard(): void;
    /**
     * Milliseconds to wait after the stream's end; nothing if it was final, which `lastError` then
     * tells.
     */
    after(error: UpnextError | undefined): number | undefined;
}
