package dev.upnext.client;

import com.google.protobuf.Timestamp;
import dev.upnext.v1.Activity;
import dev.upnext.v1.QueueCounts;
import dev.upnext.v1.WatchWorkQueueRequest;
import dev.upnext.v1.WatchWorkQueueResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list in step with the messages applied to it. Written by the queue's thread, read by all. */
final class QueueState {
  final String name;
  private final int window;

  volatile List<Activity> items = List.of();
  volatile QueueCounts counts = QueueCounts.getDefaultInstance();
  volatile Optional<Instant> nextDueTime = Optional.empty();
  volatile long revision;
  volatile boolean live;
  volatile Duration silence = Duration.ofSeconds(65);
  private String token = "";
  private List<WatchWorkQueueResponse> pending = new ArrayList<>();

  QueueState(String name, int window) {
    this.name = name;
    this.window = window;
  }

  /** How to open the stream where we are. */
  WatchWorkQueueRequest request() {
    pending.clear();
    return WatchWorkQueueRequest.newBuilder().setQueue(name).setWindowSize(window).setResumeToken(token).build();
  }

  /** Whether there was a token to forget. */
  boolean forgetToken() {
    boolean had = !token.isEmpty();
    token = "";
    return had;
  }

  /**
   * What became different; null if nobody can see a difference. What comes in parts is applied as a
   * whole.
   */
  Change apply(LiveQueue queue, WatchWorkQueueResponse message) {
    pending.add(message);
    if (message.getSnapshot().getPartial() || message.getUpdate().getPartial()) {
      return null;
    }
    List<WatchWorkQueueResponse> parts = pending;
    pending = new ArrayList<>();

    Map<String, Activity> before = new LinkedHashMap<>();
    items.forEach(activity -> before.put(activity.getName(), activity));
    Map<String, Activity> after = new LinkedHashMap<>(before);
    if (parts.get(0).hasSnapshot()) {
      after.clear();
    }
    parts.forEach(part -> applyTo(after, part));
    note(message);
    boolean cameLive = !live;
    live = !message.hasDraining();
    return replace(queue, before, after, cameLive);
  }

  private static void applyTo(Map<String, Activity> items, WatchWorkQueueResponse message) {
    message.getUpdate().getRemovalsList().forEach(removal -> items.remove(removal.getActivity()));
    message.getSnapshot().getActivitiesList().forEach(activity -> items.put(activity.getName(), activity));
    message.getUpdate().getUpsertsList().forEach(activity -> items.put(activity.getName(), activity));
  }

  private void note(WatchWorkQueueResponse message) {
    token = message.getResumeToken().isEmpty() ? token : message.getResumeToken();
    switch (message.getEventCase()) {
      case SNAPSHOT -> {
        var snapshot = message.getSnapshot();
        note(message, snapshot.getCounts(), snapshot.hasNextDueTime(), snapshot.getNextDueTime());
        note(snapshot.getHeartbeatInterval());
      }
      case UPDATE -> {
        var update = message.getUpdate();
        note(message, update.getCounts(), update.hasNextDueTime(), update.getNextDueTime());
      }
      case HEARTBEAT -> {
        var heartbeat = message.getHeartbeat();
        note(message, heartbeat.getCounts(), heartbeat.hasNextDueTime(), heartbeat.getNextDueTime());
        note(heartbeat.getHeartbeatInterval());
      }
      default -> { }
    }
  }

  private void note(WatchWorkQueueResponse message, QueueCounts told, boolean isDue, Timestamp due) {
    revision = message.getQueueRevision() == 0 ? revision : message.getQueueRevision();
    counts = told;
    nextDueTime = isDue ? Optional.of(Instant.ofEpochSecond(due.getSeconds(), due.getNanos())) : Optional.empty();
  }

  private void note(com.google.protobuf.Duration heartbeat) {
    Duration interval = Duration.ofSeconds(heartbeat.getSeconds(), heartbeat.getNanos());
    silence = interval.isZero() ? silence : interval.multipliedBy(3).plusSeconds(5);
  }

  private Change replace(LiveQueue queue, Map<String, Activity> before, Map<String, Activity> after, boolean cameLive) {
    List<Activity> added = after.values().stream().filter(a -> !before.containsKey(a.getName())).toList();
    List<Activity> changed = after.values().stream()
        .filter(a -> before.containsKey(a.getName()) && !before.get(a.getName()).equals(a))
        .toList();
    List<Activity> removed = before.values().stream().filter(a -> !after.containsKey(a.getName())).toList();
    if (added.isEmpty() && changed.isEmpty() && removed.isEmpty() && !cameLive) {
      return null;
    }
    // ASCII, so the order of characters is that of bytes.
    items = after.values().stream().sorted(Comparator.comparing(Activity::getOrderKey)).toList();
    return new Change(queue, added, changed, removed, live);
  }
}
