package dev.upnext.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gives each call its key, deadline and request ids. Retries are the channel's, by
 * service_config.json.
 */
final class Calls implements ClientInterceptor {
  private static final long DEFAULT_TIMEOUT_SECONDS = 30;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Supplier<String> key;

  Calls(Supplier<String> key) {
    this.key = key;
  }

  /** A key without the white space around it; refuses what a header can't carry. */
  static String checked(String key) {
    String trimmed = key.trim();
    if (!trimmed.chars().allMatch(letter -> letter >= '!' && letter <= '~')) {
      throw new IllegalArgumentException(
          "the key has characters that no key has, a line break or a space for instance");
    }
    return trimmed;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    boolean unary = method.getType() == MethodDescriptor.MethodType.UNARY;
    CallOptions limited = unary && options.getDeadline() == null
        ? options.withDeadlineAfter(DEFAULT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        : options;
    return new SimpleForwardingClientCall<Q, A>(next.newCall(method, limited)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        String text = checked(key.get());
        if (!text.isEmpty()) {
          headers.put(AUTHORIZATION, "Bearer " + text);
        }
        super.start(listener, headers);
      }

      @Override
      @SuppressWarnings("unchecked")
      public void sendMessage(Q message) {
        super.sendMessage(unary && message instanceof Message whole ? (Q) withRequestIds(whole) : message);
      }
    };
  }

  /**
   * The message with an id in each empty request_id, also in a batch's items: attempts of one call
   * share it.
   */
  static Message withRequestIds(Message message) {
    Message.Builder filled = message.toBuilder();
    FieldDescriptor id = message.getDescriptorForType().findFieldByName("request_id");
    if (id != null && message.getField(id).equals("")) {
      filled.setField(id, UUID.randomUUID().toString());
    }
    FieldDescriptor batch = message.getDescriptorForType().findFieldByName("requests");
    if (batch != null && batch.isRepeated() && batch.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      for (int i = 0; i < message.getRepeatedFieldCount(batch); i++) {
        filled.setRepeatedField(batch, i, withRequestIds((Message) message.getRepeatedField(batch, i)));
      }
    }
    return filled.build();
  }
}
