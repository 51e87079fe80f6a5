/// <reference lib="esnext.disposable" preserve="true" />
/** The live queue: the first activities of a queue as they are now. */
import type { Client as ServiceClient } from "@connectrpc/connect";
import type { Activity, QueueCounts } from "../gen/upnext/v1/activity_pb.js";
import type { WorkQueueService } from "../gen/upnext/v1/work_queue_service_pb.js";
import { UpnextError } from "./errors.js";
import { type Change } from "./state.js";
export interface WatchOptions {
    /** How many of the first activities; default 50, at most 500. */
    window?: number;
    /** Where the two lines of an outage go; default `console.warn`. */
    log?: (line: string) => void;
}
export type Listener = (queue: Queue, change: Change) => void;
/**
 * Opens its stream again for ever; `live` says whether it is in step. While it isn't, the list
 * stays as it was.
 */
export declare class Queue implements AsyncDisposable {
    #private;
    private readonly calls;
    constructor(calls: ServiceClient<typeof WorkQueueService>, queue: string, keyIsAsked: boolean, options: WatchOptions);
    /** The due activities, the first one first; BASIC. */
    get items(): readonly Activity[];
    /** What to do next. */
    get head(): Activity | undefined;
    /** Of the whole queue, beyond the window. */
    get counts(): QueueCounts | undefined;
    /** When the next wait or snooze ends, if any is known. */
    get nextDueTime(): Date | undefined;
    /** The queue's revision that the list is of. */
    get revision(): bigint;
    /** Whether the list is in step now. */
    get live(): boolean;
    /** Why the queue has ended for good, if it has. */
    get lastError(): UpnextError | undefined;
    /** How often its stream has ended. */
    get reconnects(): number;
    /** Calls on each change, one at a time; what is returned takes the listener away. */
    onChange(listener: Listener): () => void;
    /** Resolves to the first true value of a condition; rejects with `lastError` once it is set. */
    until<T>(condition: (queue: Queue) => T, signal?: AbortSignal): Promise<Exclude<T, false | null | undefined | 0 | "">>;
    /** Looks whether the stream still lives, for a page that was asleep or a network that is back. */
    wake(): void;
    /** Ends the stream. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
