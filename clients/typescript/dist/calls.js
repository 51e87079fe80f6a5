/** One call: key, deadline, request ids, retries, and the error's type. */
import { Code } from "@connectrpc/connect";
import { serviceConfig } from "../gen/service_config.js";
import { UpnextError } from "./errors.js";
const DEFAULT_TIMEOUT_MS = 30_000;
const retries = serviceConfig.methodConfig.find((config) => config.retryPolicy).retryPolicy;
/** Without an ErrorInfo these mean that the connection was lost. */
const LOST = new Set([Code.Unknown, Code.Aborted, Code.Canceled, Code.Internal]);
/** A key without the white space around it; refuses what a header can't carry. */
export function checkedKey(key) {
    const trimmed = key.trim();
    if (!/^[!-~]*$/.test(trimmed))
        throw new TypeError("the key has characters that no key has, a line break or a space for instance");
    return trimmed;
}
/** Everything that a call needs beyond what is generated, in the order from outside to inside. */
export function interceptors(key) {
    return [typedErrors, requestIds, retrying, authorized(key)];
}
/** Unary calls end after 30 s unless they say otherwise; streams don't. */
export function withDeadline(inner) {
    return {
        unary: (method, signal, timeoutMs, header, message, values) => inner.unary(method, signal, timeoutMs ?? DEFAULT_TIMEOUT_MS, header, message, values),
        stream: (method, signal, timeoutMs, header, message, values) => inner.stream(method, signal, timeoutMs, header, message, values),
    };
}
/** Resolves after a time, rejects when the signal says so first. */
export function sleep(ms, signal) {
    return new Promise((resolve, reject) => {
        if (signal.aborted)
            return reject(signal.reason);
        const stop = () => {
            clearTimeout(timer);
            reject(signal.reason);
        };
        const timer = setTimeout(() => {
            signal.removeEventListener("abort", stop);
            resolve();
        }, ms);
        signal.addEventListener("abort", stop, { once: true });
    });
}
const authorized = (key) => (next) => async (request) => {
    const value = checkedKey(typeof key === "function" ? await key() : key);
    if (value)
        request.header.set("authorization", `Bearer ${value}`);
    return next(request);
};
/** Attempts of one call share their ids. */
const requestIds = (next) => async (request) => {
    if (!request.stream)
        fillRequestIds(request.message);
    return next(request);
};
function fillRequestIds(message) {
    if (message.requestId === "")
        message.requestId = crypto.randomUUID();
    if (Array.isArray(message.requests))
        message.requests.forEach(fillRequestIds);
}
const retrying = (next) => async (request) => {
    if (request.stream)
        return next(request);
    for (let attempt = 1;; attempt++) {
        try {
            return await next(request);
        }
        catch (thrown) {
            const error = UpnextError.from(thrown);
            if (attempt === retries.maxAttempts || request.signal.aborted || !mayBeSentAgain(error))
                throw error;
            await sleep(Math.max(backoff(attempt), error.retryAfterMs ?? 0), request.signal);
        }
    }
};
function mayBeSentAgain(error) {
    return error.code === Code.Unavailable || (!error.reason && LOST.has(error.code));
}
function backoff(attempt) {
    const seconds = Math.min(parseFloat(retries.initialBackoff) * retries.backoffMultiplier ** (attempt - 1), parseFloat(retries.maxBackoff));
    return seconds * 1000 * (0.8 + 0.4 * Math.random());
}
const typedErrors = (next) => async (request) => {
    try {
        const response = await next(request);
        return response.stream ? { ...response, message: typedMessages(response.message) } : response;
    }
    catch (error) {
        throw UpnextError.from(error);
    }
};
async function* typedMessages(messages) {
    try {
        yield* messages;
    }
    catch (error) {
        throw UpnextError.from(error);
    }
}
