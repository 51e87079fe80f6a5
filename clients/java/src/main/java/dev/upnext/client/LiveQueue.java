package dev.upnext.client;

import dev.upnext.v1.Activity;
import dev.upnext.v1.QueueCounts;
import dev.upnext.v1.WatchWorkQueueRequest;
import dev.upnext.v1.WatchWorkQueueResponse;
import dev.upnext.v1.WorkQueueServiceGrpc.WorkQueueServiceStub;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The first activities of a queue as they are now. It opens its stream again for ever; {@link
 * #live} says whether it is in step. While it isn't, the list stays as it was. One thread keeps it,
 * and runs the callback.
 */
public final class LiveQueue implements AutoCloseable {
  private final WorkQueueServiceStub calls;
  private final Runnable connectNow;
  private final Consumer<Change> onChange;
  private final QueueState state;
  private final Reopening reopening;
  private final Thread thread;
  private volatile RuntimeException lastError;
  private volatile boolean closed;

  LiveQueue(WorkQueueServiceStub calls, Runnable connectNow, boolean keyIsAsked, String name, int window, Consumer<Change> onChange) {
    this.calls = calls;
    this.connectNow = connectNow;
    this.onChange = onChange;
    this.state = new QueueState(name, window);
    this.reopening = new Reopening(state, keyIsAsked);
    this.thread = new Thread(this::keep, "upnext " + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The due activities, the first one first; BASIC. */
  public List<Activity> items() {
    return state.items;
  }

  /** What to do next. */
  public Optional<Activity> head() {
    return state.items.stream().findFirst();
  }

  /** Of the whole queue, beyond the window. */
  public QueueCounts counts() {
    return state.counts;
  }

  /** When the next wait or snooze ends, if any is known. */
  public Optional<Instant> nextDueTime() {
    return state.nextDueTime;
  }

  /** The queue's revision that the list is of. */
  public long revision() {
    return state.revision;
  }

  /** Whether the list is in step now. */
  public boolean live() {
    return state.live;
  }

  /** Why the queue has ended for good, if it has. */
  public Optional<UpnextError> lastError() {
    return Optional.ofNullable(lastError).map(UpnextError::of);
  }

  /** How often its stream has ended. */
  public int reconnects() {
    return reopening.count;
  }

  /** Waits for something to do. */
  public Activity awaitHead(Duration timeout) throws InterruptedException, TimeoutException {
    await(queue -> queue.head().isPresent(), timeout);
    return head().orElseThrow();
  }

  /** Waits until a condition holds. Throws what ended the queue for good. */
  public synchronized void await(Predicate<LiveQueue> condition, Duration timeout)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.test(this)) {
      if (lastError != null) {
        throw lastError;
      } else if (closed) {
        throw new IllegalStateException("the queue is closed");
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new TimeoutException("queue " + state.name + ": not so within " + timeout);
      }
      wait(left);
    }
  }

  /** Ends the stream. No callback runs afterwards, unless one closes the queue itself. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    if (Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    wakeAll();
  }

  private void keep() {
    try {
      while (!closed) {
        RuntimeException error = listen();
        if (state.live) {
          state.live = false;
          tell(new Change(this, List.of(), List.of(), List.of(), false));
        }
        Optional<Duration> delay = reopening.after(error == null ? null : UpnextError.of(error));
        if (delay.isEmpty()) {
          lastError = error;
          break;
        }
        Thread.sleep(delay.get().toMillis());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
    state.live = false;
    wakeAll();
  }

  /** One stream, from its opening to its end; null after too long a silence. */
  private RuntimeException listen() throws InterruptedException {
    connectNow.run();
    Events events = new Events();
    try {
      calls.watchWorkQueue(state.request(), events);
      while (true) {
        Object event = events.arrived.poll(state.silence.toMillis(), TimeUnit.MILLISECONDS);
        if (!(event instanceof WatchWorkQueueResponse message)) {
          return event instanceof RuntimeException error ? error : null;
        }
        reopening.heard();
        tell(state.apply(this, message));
        events.call.request(1);
      }
    } catch (RuntimeException e) {
      return e; // The key function's, say.
    } finally {
      events.cancel();
    }
  }

  private void tell(Change change) {
    wakeAll();
    if (change == null) {
      return;
    }
    try {
      onChange.accept(change);
    } catch (RuntimeException e) {
      Reopening.LOG.log(Level.ERROR, "queue " + state.name + ": the callback failed", e);
    }
  }

  private synchronized void wakeAll() {
    notifyAll();
  }

  /**
   * Hands what arrives to the queue's thread, one message at a time; last comes the error, or the
   * text "end".
   */
  private static final class Events implements ClientResponseObserver<WatchWorkQueueRequest, WatchWorkQueueResponse> {
    final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    ClientCallStreamObserver<WatchWorkQueueRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchWorkQueueRequest> started) {
      call = started;
      call.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(WatchWorkQueueResponse message) {
      arrived.add(message);
    }

    @Override
    public void onError(Throwable error) {
      arrived.add(error);
    }

    @Override
    public void onCompleted() {
      arrived.add("end");
    }

    void cancel() {
      if (call != null) {
        call.cancel("the queue is done with this stream", null);
      }
    }
  }
}
