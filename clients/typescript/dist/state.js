/**
 * What a live queue is made of, without timers or streams: its state, and when to open the stream
 * again.
 */
import { create, equals } from "@bufbuild/protobuf";
import { durationMs, timestampDate } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { ActivitySchema } from "../gen/upnext/v1/activity_pb.js";
import { WatchWorkQueueRequestSchema, } from "../gen/upnext/v1/work_queue_service_pb.js";
const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 8_000;
const FINAL = new Set([Code.Unauthenticated, Code.PermissionDenied, Code.NotFound, Code.InvalidArgument, Code.Unimplemented]);
/** Whether to open the stream again would be in vain, or would end another program's. */
function isFinal(error) {
    return FINAL.has(error.code) || error.reason === "TOO_MANY_STREAMS";
}
/** The list, in step with the messages applied to it. */
export class QueueState {
    queue;
    window;
    items = [];
    counts;
    nextDueTime;
    revision = 0n;
    live = false;
    lastError;
    silenceMs = 65_000;
    #token = "";
    #pending = [];
    constructor(queue, window) {
        this.queue = queue;
        this.window = window;
    }
    /** How to open the stream where we are. */
    request() {
        this.#pending = [];
        return create(WatchWorkQueueRequestSchema, { queue: this.queue, windowSize: this.window, resumeToken: this.#token });
    }
    /** Whether there was a token to forget. */
    forgetToken() {
        const had = this.#token !== "";
        this.#token = "";
        return had;
    }
    /**
     * Takes one message in; nothing if nobody can see a difference. What comes in parts is applied as
     * a whole.
     */
    apply(message) {
        const { event } = message;
        if ((event.case === "snapshot" || event.case === "update") && event.value.partial) {
            this.#pending.push(message);
            return undefined;
        }
        const parts = [...this.#pending, message];
        this.#pending = [];
        const before = new Map(this.items.map((activity) => [activity.name, activity]));
        const after = new Map(before);
        parts.forEach((part, at) => applyTo(after, part, at === 0));
        this.#note(message);
        const cameLive = !this.live;
        this.live = event.case !== "draining";
        return this.#replace(before, after, cameLive);
    }
    #note(message) {
        const { event } = message;
        if (message.resumeToken)
            this.#token = message.resumeToken;
        if (event.case !== "snapshot" && event.case !== "update" && event.case !== "heartbeat")
            return;
        this.revision = message.queueRevision || this.revision;
        this.counts = event.value.counts;
        this.nextDueTime = event.value.nextDueTime && timestampDate(event.value.nextDueTime);
        const interval = event.case !== "update" && event.value.heartbeatInterval;
        if (interval)
            this.silenceMs = 3 * durationMs(interval) + 5_000;
    }
    #replace(before, after, cameLive) {
        const added = [...after.values()].filter((activity) => !before.has(activity.name));
        const changed = [...after.values()].filter((activity) => differs(before.get(activity.name), activity));
        const removed = [...before.values()].filter((activity) => !after.has(activity.name));
        if (!added.length && !changed.length && !removed.length && !cameLive)
            return undefined;
        // ASCII, so the order of code units is that of bytes.
        this.items = [...after.values()].sort((a, b) => (a.orderKey < b.orderKey ? -1 : 1));
        return { added, changed, removed, live: this.live };
    }
}
function differs(before, after) {
    return before !== undefined && before !== after && !equals(ActivitySchema, before, after);
}
function applyTo(items, { event }, replaces) {
    if (event.case === "snapshot") {
        if (replaces)
            items.clear();
        for (const activity of event.value.activities)
            items.set(activity.name, activity);
    }
    else if (event.case === "update") {
        for (const removal of event.value.removals)
            items.delete(removal.activity);
        for (const activity of event.value.upserts)
            items.set(activity.name, activity);
    }
}
/** When a stream that ended is opened again: for ever, unless the server's answer is final. */
export class Reopening {
    state;
    keyIsAsked;
    log;
    count = 0;
    #failures = 0;
    #heard = false;
    #askedAgain = false;
    #told = false;
    constructor(state, keyIsAsked, log) {
        this.state = state;
        this.keyIsAsked = keyIsAsked;
        this.log = log;
    }
    /** A message came: only that ends an outage, never a mere connection. */
    heard() {
        if (this.#told)
            this.log(`queue ${this.state.queue} is live again`);
        this.#failures = 0;
        this.#heard = true;
        this.#askedAgain = this.#told = false;
    }
    /**
     * Milliseconds to wait after the stream's end; nothing if it was final, which `lastError` then
     * tells.
     */
    after(error) {
        const heard = this.#heard;
        this.#heard = false;
        this.count++;
        if (error && isFinal(error) && !this.#mayGoOn(error)) {
            this.state.lastError = error;
            this.log(`queue ${this.state.queue} ended: ${error.message}`);
            return undefined;
        }
        if (error?.reason === "RESUME_TOKEN_INVALID")
            return 0;
        if (error?.reason === "STREAM_DRAINED" && heard)
            return 0;
        if (!this.#told)
            this.log(`queue ${this.state.queue} is cut off, and opened again until it is back: ${error?.message ?? "silence"}`);
        this.#told = true;
        const delay = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2);
        this.#failures = Math.min(this.#failures + 1, 16);
        return error?.retryAfterMs ?? delay;
    }
    #mayGoOn(error) {
        if (error.reason === "RESUME_TOKEN_INVALID")
            return this.state.forgetToken();
        if (error.code !== Code.Unauthenticated || !this.keyIsAsked || this.#askedAgain)
            return false;
        this.#askedAgain = true;
        return true;
    }
}
