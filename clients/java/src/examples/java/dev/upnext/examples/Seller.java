package dev.upnext.examples;

import dev.upnext.client.Upnext;
import dev.upnext.client.UpnextError;
import dev.upnext.v1.Activity;
import dev.upnext.v1.CompleteActivityRequest;
import dev.upnext.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;

/**
 * The smallest honest seller: does what is next, for ever. UPNEXT_KEY=… java …
 * dev.upnext.examples.Seller sellers/ana
 */
public final class Seller {
  public static void main(String[] arguments) throws Exception {
    var people = new BufferedReader(new InputStreamReader(System.in));
    try (var client = Upnext.connect(); var queue = client.watch(arguments[0], change -> {})) {
      while (true) {
        Activity head = queue.awaitHead(Duration.ofDays(1));
        System.out.printf("%s: %s; return, or a call's outcome: ", head.getDisplayName(), head.getRecordDisplayName());
        String outcome = people.readLine();
        if (outcome == null) {
          return;
        }
        try {
          client.workQueue().completeActivity(
              CompleteActivityRequest.newBuilder().setName(head.getName()).setOutcome(outcome).build());
        } catch (StatusRuntimeException e) {
          UpnextError error = UpnextError.of(e);
          if (error.reason() != ErrorReason.ACTIVITY_CLOSED) {
            System.out.println(error.message());
            continue;
          }
        }
        queue.await(q -> q.head().map(a -> !a.getName().equals(head.getName())).orElse(true), Duration.ofMinutes(5));
      }
    }
  }
}
