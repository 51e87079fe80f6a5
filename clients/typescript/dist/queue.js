import { sleep } from "./calls.js";
import { UpnextError } from "./errors.js";
import { QueueState, Reopening } from "./state.js";
/**
 * Opens its stream again for ever; `live` says whether it is in step. While it isn't, the list
 * stays as it was.
 */
export class Queue {
    calls;
    #state;
    #reopening;
    #listeners = new Set();
    #waiting = new Set();
    #log;
    #ended;
    #closed = false;
    #lastSign = 0;
    /** Cuts what is going on short: the stream, or the time until the next. */
    #current = new AbortController();
    constructor(calls, queue, keyIsAsked, options) {
        this.calls = calls;
        this.#log = options.log ?? ((line) => console.warn(`upnext: ${line}`));
        this.#state = new QueueState(queue, options.window ?? 50);
        this.#reopening = new Reopening(this.#state, keyIsAsked, this.#log);
        this.#ended = this.#keep();
    }
    /** The due activities, the first one first; BASIC. */
    get items() {
        return this.#state.items;
    }
    /** What to do next. */
    get head() {
        return this.#state.items[0];
    }
    /** Of the whole queue, beyond the window. */
    get counts() {
        return this.#state.counts;
    }
    /** When the next wait or snooze ends, if any is known. */
    get nextDueTime() {
        return this.#state.nextDueTime;
    }
    /** The queue's revision that the list is of. */
    get revision() {
        return this.#state.revision;
    }
    /** Whether the list is in step now. */
    get live() {
        return this.#state.live;
    }
    /** Why the queue has ended for good, if it has. */
    get lastError() {
        return this.#state.lastError;
    }
    /** How often its stream has ended. */
    get reconnects() {
        return this.#reopening.count;
    }
    /** Calls on each change, one at a time; what is returned takes the listener away. */
    onChange(listener) {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }
    /** Resolves to the first true value of a condition; rejects with `lastError` once it is set. */
    async until(condition, signal) {
        for (;;) {
            const value = condition(this);
            if (value)
                return value;
            signal?.throwIfAborted();
            if (this.lastError)
                throw this.lastError;
            if (this.#closed)
                throw new Error("the queue is closed");
            await this.#next(signal);
        }
    }
    /** Looks whether the stream still lives, for a page that was asleep or a network that is back. */
    wake() {
        const quiet = Date.now() - this.#lastSign > this.#state.silenceMs / 3;
        if (!this.live || quiet)
            this.#current.abort();
    }
    /** Ends the stream. */
    async close() {
        this.#closed = true;
        this.#current.abort();
        await this.#ended;
    }
    async [Symbol.asyncDispose]() {
        await this.close();
    }
    async #keep() {
        while (!this.#closed) {
            this.#current = new AbortController();
            const error = await this.#listen(this.#current);
            if (this.#closed)
                break;
            if (this.live) {
                this.#state.live = false;
                this.#tell({ added: [], changed: [], removed: [], live: false });
            }
            const delay = this.#reopening.after(error);
            if (delay === undefined)
                break;
            this.#current = new AbortController();
            await sleep(delay, this.#current.signal).catch(() => undefined);
        }
        this.#state.live = false;
        this.#wakeWaiting();
    }
    /** One stream, from its opening to its end. */
    async #listen(current) {
        let silence = setTimeout(() => current.abort(), this.#state.silenceMs);
        try {
            for await (const message of this.calls.watchWorkQueue(this.#state.request(), { signal: current.signal })) {
                clearTimeout(silence);
                this.#lastSign = Date.now();
                this.#reopening.heard();
                this.#tell(this.#state.apply(message));
                silence = setTimeout(() => current.abort(), this.#state.silenceMs);
            }
            return undefined;
        }
        catch (error) {
            return current.signal.aborted ? undefined : UpnextError.from(error);
        }
        finally {
            clearTimeout(silence);
        }
    }
    #tell(change) {
        for (const listener of change ? this.#listeners : []) {
            try {
                listener(this, change);
            }
            catch (error) {
                this.#log(`queue ${this.#state.queue}: a listener failed: ${error}`);
            }
        }
        this.#wakeWaiting();
    }
    #wakeWaiting() {
        const waiting = [...this.#waiting];
        this.#waiting.clear();
        for (const go of waiting)
            go();
    }
    #next(signal) {
        return new Promise((resolve) => {
            const go = () => {
                signal?.removeEventListener("abort", go);
                this.#waiting.delete(go);
                resolve();
            };
            this.#waiting.add(go);
            signal?.addEventListener("abort", go, { once: true });
        });
    }
}
