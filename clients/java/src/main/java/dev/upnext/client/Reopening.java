package dev.upnext.client;

import com.google.rpc.Code;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** When a stream that ended is opened again: for ever, unless the server's answer is final. */
final class Reopening {
  static final Logger LOG = System.getLogger("dev.upnext.client");
  private static final long FIRST_DELAY_MS = 250;
  private static final long LAST_DELAY_MS = 8_000;
  private static final Set<Code> FINAL = EnumSet.of(
      Code.UNAUTHENTICATED, Code.PERMISSION_DENIED, Code.NOT_FOUND, Code.INVALID_ARGUMENT, Code.UNIMPLEMENTED);

  private final QueueState state;
  private final boolean keyIsAsked;
  private int failures;
  private boolean heard;
  private boolean askedAgain;
  private boolean told;
  volatile int count;

  Reopening(QueueState state, boolean keyIsAsked) {
    this.state = state;
    this.keyIsAsked = keyIsAsked;
  }

  /** A message came: only that ends an outage, never a mere connection. */
  void heard() {
    if (told) {
      LOG.log(Level.INFO, "queue {0} is live again", state.name);
    }
    failures = 0;
    heard = true;
    askedAgain = false;
    told = false;
  }

  /**
   * How long to wait after the stream's end; empty if that was final. The error is null after a
   * silence.
   */
  Optional<Duration> after(UpnextError error) {
    boolean heardBefore = heard;
    heard = false;
    count++;
    String reason = error == null ? "" : error.reasonName();
    if (error != null && isFinal(error) && !mayGoOn(error)) {
      LOG.log(Level.ERROR, "queue {0} ended: {1}", state.name, error);
      return Optional.empty();
    }
    if (reason.equals("RESUME_TOKEN_INVALID") || reason.equals("STREAM_DRAINED") && heardBefore) {
      return Optional.of(Duration.ZERO);
    }
    if (!told) {
      LOG.log(Level.WARNING, "queue {0} is cut off, and opened again until it is back: {1}", state.name, error);
    }
    told = true;
    double delay = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS << Math.min(failures++, 5));
    Duration jittered = Duration.ofMillis((long) (delay * ThreadLocalRandom.current().nextDouble(0.5, 1)));
    return Optional.of(error == null ? jittered : error.retryAfter().orElse(jittered));
  }

  /** Whether to open the stream again would be in vain, or would end another program's. */
  private static boolean isFinal(UpnextError error) {
    return FINAL.contains(error.code()) || error.reasonName().equals("TOO_MANY_STREAMS");
  }

  private boolean mayGoOn(UpnextError error) {
    if (error.reasonName().equals("RESUME_TOKEN_INVALID")) {
      return state.forgetToken();
    }
    boolean once = error.code() == Code.UNAUTHENTICATED && keyIsAsked && !askedAgain;
    askedAgain |= once;
    return once;
  }
}
