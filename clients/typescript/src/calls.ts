/** One call: key, deadline, request ids, retries, and the error's type. */
import { Code, type Interceptor, type Transport } from "@connectrpc/connect";
import type { Message } from "@bufbuild/protobuf";
import { serviceConfig } from "../gen/service_config.js";
import { UpnextError } from "./errors.js";

/** The API key, or a function that is asked for it (or a JWT) before each call. */
export type Key = string | (() => string | Promise<string>);

const DEFAULT_TIMEOUT_MS = 30_000;
const retries = serviceConfig.methodConfig.find((config) => config.retryPolicy)!.retryPolicy!;
/** Without an ErrorInfo these mean that the connection was lost. */
const LOST = new Set([Code.Unknown, Code.Aborted, Code.Canceled, Code.Internal]);

/** A key without the white space around it; refuses what a header can't carry. */
export function checkedKey(key: string): string {
  const trimmed = key.trim();
  if (!/^[!-~]*$/.test(trimmed)) throw new TypeError("the key has characters that no key has, a line break or a space for instance");
  return trimmed;
}

/** Everything that a call needs beyond what is generated, in the order from outside to inside. */
export function interceptors(key: Key): Interceptor[] {
  return [typedErrors, requestIds, retrying, authorized(key)];
}

/** Unary calls end after 30 s unless they say otherwise; streams don't. */
export function withDeadline(inner: Transport): Transport {
  return {
    unary: (method, signal, timeoutMs, header, message, values) =>
      inner.unary(method, signal, timeoutMs ?? DEFAULT_TIMEOUT_MS, header, message, values),
    stream: (method, signal, timeoutMs, header, message, values) => inner.stream(method, signal, timeoutMs, header, message, values),
  };
}

/** Resolves after a time, rejects when the signal says so first. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
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

const authorized = (key: Key): Interceptor => (next) => async (request) => {
  const value = checkedKey(typeof key === "function" ? await key() : key);
  if (value) request.header.set("authorization", `Bearer ${value}`);
  return next(request);
};

/** Attempts of one call share their ids. */
const requestIds: Interceptor = (next) => async (request) => {
  if (!request.stream) fillRequestIds(request.message);
  return next(request);
};

function fillRequestIds(message: Message & { requestId?: string; requests?: unknown }): void {
  if (message.requestId === "") message.requestId = crypto.randomUUID();
  if (Array.isArray(message.requests)) message.requests.forEach(fillRequestIds);
}

const retrying: Interceptor = (next) => async (request) => {
  if (request.stream) return next(request);
  for (let attempt = 1; ; attempt++) {
    try {
      return await next(request);
    } catch (thrown) {
      const error = UpnextError.from(thrown);
      if (attempt === retries.maxAttempts || request.signal.aborted || !mayBeSentAgain(error)) throw error;
      await sleep(Math.max(backoff(attempt), error.retryAfterMs ?? 0), request.signal);
    }
  }
};

function mayBeSentAgain(error: UpnextError): boolean {
  return error.code === Code.Unavailable || (!error.reason && LOST.has(error.code));
}

function backoff(attempt: number): number {
  const seconds = Math.min(parseFloat(retries.initialBackoff) * retries.backoffMultiplier ** (attempt - 1), parseFloat(retries.maxBackoff));
  return seconds * 1000 * (0.8 + 0.4 * Math.random());
}

const typedErrors: Interceptor = (next) => async (request) => {
  try {
    const response = await next(request);
    return response.stream ? { ...response, message: typedMessages(response.message) } : response;
  } catch (error) {
    throw UpnextError.from(error);
  }
};

async function* typedMessages<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw UpnextError.from(error);
  }
}

