package dev.upnext.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.upnext.v1.ErrorReason;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a call that failed says. Decide by code and reason, never by the text.
 *
 * @param code what kind of failure
 * @param message for people
 * @param reasonName a name of ErrorReason, also one that this version doesn't know; "" if the
 *     server never answered: then the way to it failed
 * @param metadata what the reason's comment promises
 * @param violations may be cut by the server; {@code metadata.get("violations")} has their number
 * @param retryAfter when to try again, if the server says
 */
public record UpnextError(
    Code code,
    String message,
    String reasonName,
    Map<String, String> metadata,
    List<Violation> violations,
    Optional<Duration> retryAfter) {

  /** One field that is wrong. */
  public record Violation(String field, String reason, String description) {}

  /** Of what a call threw. */
  public static UpnextError of(Throwable thrown) {
    com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
    if (status != null) {
      return of(status);
    }
    Status plain = Status.fromThrowable(thrown);
    String text = plain.getDescription() == null ? String.valueOf(plain.getCause()) : plain.getDescription();
    return of(com.google.rpc.Status.newBuilder().setCode(plain.getCode().value()).setMessage(text).build());
  }

  /** Of a batch's item or of an operation. */
  public static UpnextError of(com.google.rpc.Status status) {
    String reason = "";
    Map<String, String> metadata = Map.of();
    List<Violation> violations = List.of();
    Optional<Duration> retryAfter = Optional.empty();
    for (Any detail : status.getDetailsList()) {
      try {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          reason = info.getReason();
          metadata = Map.copyOf(info.getMetadataMap());
        } else if (detail.is(BadRequest.class)) {
          violations = detail.unpack(BadRequest.class).getFieldViolationsList().stream()
              .map(v -> new Violation(v.getField(), v.getReason(), v.getDescription()))
              .toList();
        } else if (detail.is(RetryInfo.class)) {
          var delay = detail.unpack(RetryInfo.class).getRetryDelay();
          retryAfter = Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
        }
      } catch (InvalidProtocolBufferException e) {
        // A detail that can't be read says nothing.
      }
    }
    Code code = Optional.ofNullable(Code.forNumber(status.getCode())).orElse(Code.UNKNOWN);
    return new UpnextError(code, status.getMessage(), reason, metadata, violations, retryAfter);
  }

  /**
   * The reason; UNRECOGNIZED if this version doesn't know it, ERROR_REASON_UNSPECIFIED if there is
   * none.
   */
  public ErrorReason reason() {
    if (reasonName.isEmpty()) {
      return ErrorReason.ERROR_REASON_UNSPECIFIED;
    }
    try {
      return ErrorReason.valueOf(reasonName);
    } catch (IllegalArgumentException e) {
      return ErrorReason.UNRECOGNIZED;
    }
  }
}
