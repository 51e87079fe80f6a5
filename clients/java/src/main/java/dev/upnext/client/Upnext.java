package dev.upnext.client;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.upnext.v1.ApiKeyServiceGrpc;
import dev.upnext.v1.CalendarServiceGrpc;
import dev.upnext.v1.EmailServiceGrpc;
import dev.upnext.v1.EnrollmentServiceGrpc;
import dev.upnext.v1.EventServiceGrpc;
import dev.upnext.v1.OperationMetadata;
import dev.upnext.v1.OperationResult;
import dev.upnext.v1.OrganizationServiceGrpc;
import dev.upnext.v1.RecordServiceGrpc;
import dev.upnext.v1.SegmentServiceGrpc;
import dev.upnext.v1.SellerServiceGrpc;
import dev.upnext.v1.SequenceServiceGrpc;
import dev.upnext.v1.TeamServiceGrpc;
import dev.upnext.v1.TemplateServiceGrpc;
import dev.upnext.v1.WorkQueueServiceGrpc;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The services, waiting for an operation, and live queues. Safe for many threads; it connects with
 * its first call.
 */
public final class Upnext implements AutoCloseable {
  private final ManagedChannel connection;
  private final Channel channel;
  private final boolean keyIsAsked;
  private final Queue<LiveQueue> queues = new ConcurrentLinkedQueue<>();

  private Upnext(ManagedChannel connection, Supplier<String> key, boolean keyIsAsked) {
    this.connection = connection;
    this.channel = ClientInterceptors.intercept(connection, new Calls(key));
    this.keyIsAsked = keyIsAsked;
  }

  /** Connects to UPNEXT_ADDRESS with UPNEXT_KEY. */
  public static Upnext connect() {
    return builder().connect();
  }

  /** For another server, another key, or certificates. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where the server is, and as whom to call it. */
  public static final class Builder {
    private String address = environment("UPNEXT_ADDRESS").orElse("127.0.0.1:50051");
    private Supplier<String> key;
    private boolean keyIsAsked;
    private ChannelCredentials tls = TlsChannelCredentials.create();

    private Builder() {
      key(environment("UPNEXT_KEY").orElse(""));
    }

    private static Optional<String> environment(String name) {
      return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isEmpty());
    }

    /**
     * {@code host:port}, {@code http://host:port} or {@code https://host:port}; default
     * UPNEXT_ADDRESS, then 127.0.0.1:50051. Without a scheme, TLS is spoken except with this
     * machine.
     */
    public Builder address(String text) {
      address = text;
      return this;
    }

    /** The API key; default UPNEXT_KEY. */
    public Builder key(String text) {
      String checked = Calls.checked(text);
      key = () -> checked;
      keyIsAsked = false;
      return this;
    }

    /** A function that is asked for the key (or a JWT) before each call. */
    public Builder key(Supplier<String> asked) {
      key = asked;
      keyIsAsked = true;
      return this;
    }

    /**
     * Root certificates and the client's certificate, {@link TlsChannelCredentials}; default the
     * system's roots.
     */
    public Builder tls(ChannelCredentials credentials) {
      tls = credentials;
      return this;
    }

    public Upnext connect() {
      Address server = Address.parse(address);
      ChannelCredentials credentials = server.tls() ? tls : InsecureChannelCredentials.create();
      ManagedChannel connection = Grpc.newChannelBuilderForAddress(server.host(), server.port(), credentials)
          .defaultServiceConfig(serviceConfig())
          // A dead peer is noticed after 30 s.
          .keepAliveTime(20, TimeUnit.SECONDS)
          .keepAliveTimeout(10, TimeUnit.SECONDS)
          .keepAliveWithoutCalls(true)
          .maxInboundMessageSize(16 << 20)
          .build();
      return new Upnext(connection, key, keyIsAsked);
    }
  }

  private static Map<String, ?> serviceConfig() {
    try (var file = Upnext.class.getResourceAsStream("service_config.json")) {
      // Gson makes every number a Double, which is what grpc-java takes.
      return new Gson().fromJson(new InputStreamReader(file, StandardCharsets.UTF_8), new TypeToken<Map<String, Object>>() {}.getType());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public ApiKeyServiceGrpc.ApiKeyServiceBlockingStub apiKeys() {
    return ApiKeyServiceGrpc.newBlockingStub(channel);
  }

  public CalendarServiceGrpc.CalendarServiceBlockingStub calendars() {
    return CalendarServiceGrpc.newBlockingStub(channel);
  }

  public EmailServiceGrpc.EmailServiceBlockingStub emails() {
    return EmailServiceGrpc.newBlockingStub(channel);
  }

  public EnrollmentServiceGrpc.EnrollmentServiceBlockingStub enrollments() {
    return EnrollmentServiceGrpc.newBlockingStub(channel);
  }

  public EventServiceGrpc.EventServiceBlockingStub events() {
    return EventServiceGrpc.newBlockingStub(channel);
  }

  public OperationsGrpc.OperationsBlockingStub operations() {
    return OperationsGrpc.newBlockingStub(channel);
  }

  public OrganizationServiceGrpc.OrganizationServiceBlockingStub organization() {
    return OrganizationServiceGrpc.newBlockingStub(channel);
  }

  public RecordServiceGrpc.RecordServiceBlockingStub records() {
    return RecordServiceGrpc.newBlockingStub(channel);
  }

  public SegmentServiceGrpc.SegmentServiceBlockingStub segments() {
    return SegmentServiceGrpc.newBlockingStub(channel);
  }

  public SellerServiceGrpc.SellerServiceBlockingStub sellers() {
    return SellerServiceGrpc.newBlockingStub(channel);
  }

  public SequenceServiceGrpc.SequenceServiceBlockingStub sequences() {
    return SequenceServiceGrpc.newBlockingStub(channel);
  }

  public TeamServiceGrpc.TeamServiceBlockingStub teams() {
    return TeamServiceGrpc.newBlockingStub(channel);
  }

  public TemplateServiceGrpc.TemplateServiceBlockingStub templates() {
    return TemplateServiceGrpc.newBlockingStub(channel);
  }

  public WorkQueueServiceGrpc.WorkQueueServiceBlockingStub workQueue() {
    return WorkQueueServiceGrpc.newBlockingStub(channel);
  }

  /** For stubs of other kinds, and calls by name. */
  public Channel channel() {
    return channel;
  }

  /**
   * Waits for an operation: {@code operations/…}, or "", which is done at once. Its error is thrown
   * like a call's.
   */
  public OperationResult await(String name) {
    return await(name, 60, progress -> {});
  }

  /** The same, and tells every other second how far it is. */
  public OperationResult await(String name, Consumer<OperationMetadata> onProgress) {
    return await(name, 2, onProgress);
  }

  private OperationResult await(String name, int seconds, Consumer<OperationMetadata> onProgress) {
    var request = WaitOperationRequest.newBuilder().setName(name);
    request.getTimeoutBuilder().setSeconds(seconds);
    try {
      while (!name.isEmpty()) {
        Operation operation = operations().withDeadlineAfter(seconds + 10, TimeUnit.SECONDS).waitOperation(request.build());
        if (operation.getMetadata().is(OperationMetadata.class)) {
          onProgress.accept(operation.getMetadata().unpack(OperationMetadata.class));
        }
        if (operation.hasError()) {
          throw StatusProto.toStatusRuntimeException(operation.getError());
        } else if (operation.getDone()) {
          return operation.getResponse().unpack(OperationResult.class);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the operation's answer can't be read", e);
    }
    return OperationResult.getDefaultInstance();
  }

  /**
   * Opens a live queue, {@code sellers/…}, {@code sellers/me} or {@code teams/…}, of its first 50
   * activities.
   */
  public LiveQueue watch(String queue, Consumer<Change> onChange) {
    return watch(queue, 50, onChange);
  }

  /**
   * Opens a live queue of its first activities, at most 500. The callback runs in the queue's own
   * thread.
   */
  public LiveQueue watch(String queue, int window, Consumer<Change> onChange) {
    var stub = WorkQueueServiceGrpc.newStub(channel);
    LiveQueue opened = new LiveQueue(stub, connection::resetConnectBackoff, keyIsAsked, queue, window, onChange);
    queues.add(opened);
    return opened;
  }

  /** Ends every stream and the connection. */
  @Override
  public void close() {
    queues.forEach(LiveQueue::close);
    connection.shutdownNow();
  }
}
