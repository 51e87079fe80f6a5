package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Emails: what an activity would say, and how a worker sends what is automated. A worker takes
 * activities of kind AUTOMATED_EMAIL from `teams/automation` with AcquireActivities. For each
 * it calls BeginSending, which decides whether the email may be sent now, and notes that it is
 * being sent. Then the worker hands the email to a mail server, and says with FinishSending
 * what came of it. An email whose worker said nothing is never sent again by itself: nobody
 * knows whether it was sent, so it becomes an email of the record's owner, who decides.
 * `upnext worker smtp` is such a worker.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class EmailServiceGrpc {

  private EmailServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.EmailService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.RenderActivityRequest,
      dev.upnext.v1.RenderActivityResponse> getRenderActivityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RenderActivity",
      requestType = dev.upnext.v1.RenderActivityRequest.class,
      responseType = dev.upnext.v1.RenderActivityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.RenderActivityRequest,
      dev.upnext.v1.RenderActivityResponse> getRenderActivityMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.RenderActivityRequest, dev.upnext.v1.RenderActivityResponse> getRenderActivityMethod;
    if ((getRenderActivityMethod = EmailServiceGrpc.getRenderActivityMethod) == null) {
      synchronized (EmailServiceGrpc.class) {
        if ((getRenderActivityMethod = EmailServiceGrpc.getRenderActivityMethod) == null) {
          EmailServiceGrpc.getRenderActivityMethod = getRenderActivityMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.RenderActivityRequest, dev.upnext.v1.RenderActivityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RenderActivity"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RenderActivityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RenderActivityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EmailServiceMethodDescriptorSupplier("RenderActivity"))
              .build();
        }
      }
    }
    return getRenderActivityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.BeginSendingRequest,
      dev.upnext.v1.BeginSendingResponse> getBeginSendingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BeginSending",
      requestType = dev.upnext.v1.BeginSendingRequest.class,
      responseType = dev.upnext.v1.BeginSendingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.BeginSendingRequest,
      dev.upnext.v1.BeginSendingResponse> getBeginSendingMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.BeginSendingRequest, dev.upnext.v1.BeginSendingResponse> getBeginSendingMethod;
    if ((getBeginSendingMethod = EmailServiceGrpc.getBeginSendingMethod) == null) {
      synchronized (EmailServiceGrpc.class) {
        if ((getBeginSendingMethod = EmailServiceGrpc.getBeginSendingMethod) == null) {
          EmailServiceGrpc.getBeginSendingMethod = getBeginSendingMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.BeginSendingRequest, dev.upnext.v1.BeginSendingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BeginSending"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BeginSendingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.BeginSendingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EmailServiceMethodDescriptorSupplier("BeginSending"))
              .build();
        }
      }
    }
    return getBeginSendingMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.FinishSendingRequest,
      dev.upnext.v1.FinishSendingResponse> getFinishSendingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "FinishSending",
      requestType = dev.upnext.v1.FinishSendingRequest.class,
      responseType = dev.upnext.v1.FinishSendingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.FinishSendingRequest,
      dev.upnext.v1.FinishSendingResponse> getFinishSendingMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.FinishSendingRequest, dev.upnext.v1.FinishSendingResponse> getFinishSendingMethod;
    if ((getFinishSendingMethod = EmailServiceGrpc.getFinishSendingMethod) == null) {
      synchronized (EmailServiceGrpc.class) {
        if ((getFinishSendingMethod = EmailServiceGrpc.getFinishSendingMethod) == null) {
          EmailServiceGrpc.getFinishSendingMethod = getFinishSendingMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.FinishSendingRequest, dev.upnext.v1.FinishSendingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "FinishSending"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.FinishSendingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.FinishSendingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EmailServiceMethodDescriptorSupplier("FinishSending"))
              .build();
        }
      }
    }
    return getFinishSendingMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static EmailServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EmailServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EmailServiceStub>() {
        @java.lang.Override
        public EmailServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EmailServiceStub(channel, callOptions);
        }
      };
    return EmailServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static EmailServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EmailServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EmailServiceBlockingV2Stub>() {
        @java.lang.Override
        public EmailServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EmailServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return EmailServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static EmailServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EmailServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EmailServiceBlockingStub>() {
        @java.lang.Override
        public EmailServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EmailServiceBlockingStub(channel, callOptions);
        }
      };
    return EmailServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static EmailServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EmailServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EmailServiceFutureStub>() {
        @java.lang.Override
        public EmailServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EmailServiceFutureStub(channel, callOptions);
        }
      };
    return EmailServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Emails: what an activity would say, and how a worker sends what is automated. A worker takes
   * activities of kind AUTOMATED_EMAIL from `teams/automation` with AcquireActivities. For each
   * it calls BeginSending, which decides whether the email may be sent now, and notes that it is
   * being sent. Then the worker hands the email to a mail server, and says with FinishSending
   * what came of it. An email whose worker said nothing is never sent again by itself: nobody
   * knows whether it was sent, so it becomes an email of the record's owner, who decides.
   * `upnext worker smtp` is such a worker.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Returns the email of an activity, EMAIL or AUTOMATED_EMAIL: the text of its template
     * with the values of its record, of the record's owner and of the sender; or why it can't
     * be made.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL.
     * </pre>
     */
    default void renderActivity(dev.upnext.v1.RenderActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RenderActivityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRenderActivityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Decides whether an automated email may be sent now, by the newest state of its record.
     * If so, notes that it is being sent, counts it for the day, and returns it. Otherwise the
     * activity is skipped, put off or given to the record's owner, in the same transaction.
     * Precondition: The activity is an AUTOMATED_EMAIL, and its enrollment isn't paused. The
     * caller has the lease.
     * Repetition: The same `request_id` gets the first decision again, SEND only while the
     * lease lasts: LEASE_LOST after that. Without one, nobody knows whether the first caller
     * sends the email, so it becomes an email of the record's owner.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL, ACTIVITY_CLOSED, ENROLLMENT_PAUSED,
     * ENROLLMENT_ENDED (its sequence was just deactivated), LEASE_LOST, FIELD_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void beginSending(dev.upnext.v1.BeginSendingRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BeginSendingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBeginSendingMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says what came of sending an email. SENT completes the activity with the outcome `sent`,
     * and counts even after the lease has ended, or after the activity became an email of the
     * record's owner because nothing was said. While the enrollment is paused, it is completed
     * later.
     * Precondition: BeginSending decided SEND under this lease, and nothing else was said
     * since.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST,
     * but for SENT, which changes nothing.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND (no email of that name was ever begun), LEASE_LOST,
     * FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    default void finishSending(dev.upnext.v1.FinishSendingRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.FinishSendingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getFinishSendingMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service EmailService.
   * <pre>
   * Emails: what an activity would say, and how a worker sends what is automated. A worker takes
   * activities of kind AUTOMATED_EMAIL from `teams/automation` with AcquireActivities. For each
   * it calls BeginSending, which decides whether the email may be sent now, and notes that it is
   * being sent. Then the worker hands the email to a mail server, and says with FinishSending
   * what came of it. An email whose worker said nothing is never sent again by itself: nobody
   * knows whether it was sent, so it becomes an email of the record's owner, who decides.
   * `upnext worker smtp` is such a worker.
   * </pre>
   */
  public static abstract class EmailServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return EmailServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service EmailService.
   * <pre>
   * Emails: what an activity would say, and how a worker sends what is automated. A worker takes
   * activities of kind AUTOMATED_EMAIL from `teams/automation` with AcquireActivities. For each
   * it calls BeginSending, which decides whether the email may be sent now, and notes that it is
   * being sent. Then the worker hands the email to a mail server, and says with FinishSending
   * what came of it. An email whose worker said nothing is never sent again by itself: nobody
   * knows whether it was sent, so it becomes an email of the record's owner, who decides.
   * `upnext worker smtp` is such a worker.
   * </pre>
   */
  public static final class EmailServiceStub
      extends io.grpc.stub.AbstractAsyncStub<EmailServiceStub> {
    private EmailServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EmailServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EmailServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns the email of an activity, EMAIL or AUTOMATED_EMAIL: the text of its template
     * with the values of its record, of the record's owner and of the sender; or why it can't
     * be made.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL.
     * </pre>
     */
    public void renderActivity(dev.upnext.v1.RenderActivityRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RenderActivityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRenderActivityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Decides whether an automated email may be sent now, by the newest state of its record.
     * If so, notes that it is being sent, counts it for the day, and returns it. Otherwise the
     * activity is skipped, put off or given to the record's owner, in the same transaction.
     * Precondition: The activity is an AUTOMATED_EMAIL, and its enrollment isn't paused. The
     * caller has the lease.
     * Repetition: The same `request_id` gets the first decision again, SEND only while the
     * lease lasts: LEASE_LOST after that. Without one, nobody knows whether the first caller
     * sends the email, so it becomes an email of the record's owner.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL, ACTIVITY_CLOSED, ENROLLMENT_PAUSED,
     * ENROLLMENT_ENDED (its sequence was just deactivated), LEASE_LOST, FIELD_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void beginSending(dev.upnext.v1.BeginSendingRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.BeginSendingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBeginSendingMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says what came of sending an email. SENT completes the activity with the outcome `sent`,
     * and counts even after the lease has ended, or after the activity became an email of the
     * record's owner because nothing was said. While the enrollment is paused, it is completed
     * later.
     * Precondition: BeginSending decided SEND under this lease, and nothing else was said
     * since.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST,
     * but for SENT, which changes nothing.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND (no email of that name was ever begun), LEASE_LOST,
     * FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public void finishSending(dev.upnext.v1.FinishSendingRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.FinishSendingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getFinishSendingMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service EmailService.
   * <pre>
   * Emails: what an activity would say, and how a worker sends what is automated. A worker takes
   * activities of kind AUTOMATED_EMAIL from `teams/automation` with AcquireActivities. For each
   * it calls BeginSending, which decides whether the email may be sent now, and notes that it is
   * being sent. Then the worker hands the email to a mail server, and says with FinishSending
   * what came of it. An email whose worker said nothing is never sent again by itself: nobody
   * knows whether it was sent, so it becomes an email of the record's owner, who decides.
   * `upnext worker smtp` is such a worker.
   * </pre>
   */
  public static final class EmailServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<EmailServiceBlockingV2Stub> {
    private EmailServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EmailServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EmailServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns the email of an activity, EMAIL or AUTOMATED_EMAIL: the text of its template
     * with the values of its record, of the record's owner and of the sender; or why it can't
     * be made.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL.
     * </pre>
     */
    public dev.upnext.v1.RenderActivityResponse renderActivity(dev.upnext.v1.RenderActivityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRenderActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Decides whether an automated email may be sent now, by the newest state of its record.
     * If so, notes that it is being sent, counts it for the day, and returns it. Otherwise the
     * activity is skipped, put off or given to the record's owner, in the same transaction.
     * Precondition: The activity is an AUTOMATED_EMAIL, and its enrollment isn't paused. The
     * caller has the lease.
     * Repetition: The same `request_id` gets the first decision again, SEND only while the
     * lease lasts: LEASE_LOST after that. Without one, nobody knows whether the first caller
     * sends the email, so it becomes an email of the record's owner.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL, ACTIVITY_CLOSED, ENROLLMENT_PAUSED,
     * ENROLLMENT_ENDED (its sequence was just deactivated), LEASE_LOST, FIELD_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.BeginSendingResponse beginSending(dev.upnext.v1.BeginSendingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBeginSendingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says what came of sending an email. SENT completes the activity with the outcome `sent`,
     * and counts even after the lease has ended, or after the activity became an email of the
     * record's owner because nothing was said. While the enrollment is paused, it is completed
     * later.
     * Precondition: BeginSending decided SEND under this lease, and nothing else was said
     * since.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST,
     * but for SENT, which changes nothing.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND (no email of that name was ever begun), LEASE_LOST,
     * FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.FinishSendingResponse finishSending(dev.upnext.v1.FinishSendingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getFinishSendingMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service EmailService.
   * <pre>
   * Emails: what an activity would say, and how a worker sends what is automated. A worker takes
   * activities of kind AUTOMATED_EMAIL from `teams/automation` with AcquireActivities. For each
   * it calls BeginSending, which decides whether the email may be sent now, and notes that it is
   * being sent. Then the worker hands the email to a mail server, and says with FinishSending
   * what came of it. An email whose worker said nothing is never sent again by itself: nobody
   * knows whether it was sent, so it becomes an email of the record's owner, who decides.
   * `upnext worker smtp` is such a worker.
   * </pre>
   */
  public static final class EmailServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<EmailServiceBlockingStub> {
    private EmailServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EmailServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EmailServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns the email of an activity, EMAIL or AUTOMATED_EMAIL: the text of its template
     * with the values of its record, of the record's owner and of the sender; or why it can't
     * be made.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL.
     * </pre>
     */
    public dev.upnext.v1.RenderActivityResponse renderActivity(dev.upnext.v1.RenderActivityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRenderActivityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Decides whether an automated email may be sent now, by the newest state of its record.
     * If so, notes that it is being sent, counts it for the day, and returns it. Otherwise the
     * activity is skipped, put off or given to the record's owner, in the same transaction.
     * Precondition: The activity is an AUTOMATED_EMAIL, and its enrollment isn't paused. The
     * caller has the lease.
     * Repetition: The same `request_id` gets the first decision again, SEND only while the
     * lease lasts: LEASE_LOST after that. Without one, nobody knows whether the first caller
     * sends the email, so it becomes an email of the record's owner.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL, ACTIVITY_CLOSED, ENROLLMENT_PAUSED,
     * ENROLLMENT_ENDED (its sequence was just deactivated), LEASE_LOST, FIELD_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.BeginSendingResponse beginSending(dev.upnext.v1.BeginSendingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBeginSendingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says what came of sending an email. SENT completes the activity with the outcome `sent`,
     * and counts even after the lease has ended, or after the activity became an email of the
     * record's owner because nothing was said. While the enrollment is paused, it is completed
     * later.
     * Precondition: BeginSending decided SEND under this lease, and nothing else was said
     * since.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST,
     * but for SENT, which changes nothing.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND (no email of that name was ever begun), LEASE_LOST,
     * FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.FinishSendingResponse finishSending(dev.upnext.v1.FinishSendingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getFinishSendingMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service EmailService.
   * <pre>
   * Emails: what an activity would say, and how a worker sends what is automated. A worker takes
   * activities of kind AUTOMATED_EMAIL from `teams/automation` with AcquireActivities. For each
   * it calls BeginSending, which decides whether the email may be sent now, and notes that it is
   * being sent. Then the worker hands the email to a mail server, and says with FinishSending
   * what came of it. An email whose worker said nothing is never sent again by itself: nobody
   * knows whether it was sent, so it becomes an email of the record's owner, who decides.
   * `upnext worker smtp` is such a worker.
   * </pre>
   */
  public static final class EmailServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<EmailServiceFutureStub> {
    private EmailServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EmailServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EmailServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns the email of an activity, EMAIL or AUTOMATED_EMAIL: the text of its template
     * with the values of its record, of the record's owner and of the sender; or why it can't
     * be made.
     * Roles: system_administrator, sales_manager, salesperson, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.RenderActivityResponse> renderActivity(
        dev.upnext.v1.RenderActivityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRenderActivityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Decides whether an automated email may be sent now, by the newest state of its record.
     * If so, notes that it is being sent, counts it for the day, and returns it. Otherwise the
     * activity is skipped, put off or given to the record's owner, in the same transaction.
     * Precondition: The activity is an AUTOMATED_EMAIL, and its enrollment isn't paused. The
     * caller has the lease.
     * Repetition: The same `request_id` gets the first decision again, SEND only while the
     * lease lasts: LEASE_LOST after that. Without one, nobody knows whether the first caller
     * sends the email, so it becomes an email of the record's owner.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND, ACTIVITY_NOT_EMAIL, ACTIVITY_CLOSED, ENROLLMENT_PAUSED,
     * ENROLLMENT_ENDED (its sequence was just deactivated), LEASE_LOST, FIELD_INVALID,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.BeginSendingResponse> beginSending(
        dev.upnext.v1.BeginSendingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBeginSendingMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says what came of sending an email. SENT completes the activity with the outcome `sent`,
     * and counts even after the lease has ended, or after the activity became an email of the
     * record's owner because nothing was said. While the enrollment is paused, it is completed
     * later.
     * Precondition: BeginSending decided SEND under this lease, and nothing else was said
     * since.
     * Repetition: The same `request_id` gets the first answer again; without one, LEASE_LOST,
     * but for SENT, which changes nothing.
     * Roles: system_administrator, sales_manager, worker.
     * Errors: RESOURCE_NOT_FOUND (no email of that name was ever begun), LEASE_LOST,
     * FIELD_TOO_LONG, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.FinishSendingResponse> finishSending(
        dev.upnext.v1.FinishSendingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getFinishSendingMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_RENDER_ACTIVITY = 0;
  private static final int METHODID_BEGIN_SENDING = 1;
  private static final int METHODID_FINISH_SENDING = 2;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_RENDER_ACTIVITY:
          serviceImpl.renderActivity((dev.upnext.v1.RenderActivityRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.RenderActivityResponse>) responseObserver);
          break;
        case METHODID_BEGIN_SENDING:
          serviceImpl.beginSending((dev.upnext.v1.BeginSendingRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.BeginSendingResponse>) responseObserver);
          break;
        case METHODID_FINISH_SENDING:
          serviceImpl.finishSending((dev.upnext.v1.FinishSendingRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.FinishSendingResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getRenderActivityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.RenderActivityRequest,
              dev.upnext.v1.RenderActivityResponse>(
                service, METHODID_RENDER_ACTIVITY)))
        .addMethod(
          getBeginSendingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.BeginSendingRequest,
              dev.upnext.v1.BeginSendingResponse>(
                service, METHODID_BEGIN_SENDING)))
        .addMethod(
          getFinishSendingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.FinishSendingRequest,
              dev.upnext.v1.FinishSendingResponse>(
                service, METHODID_FINISH_SENDING)))
        .build();
  }

  private static abstract class EmailServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    EmailServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.EmailServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("EmailService");
    }
  }

  private static final class EmailServiceFileDescriptorSupplier
      extends EmailServiceBaseDescriptorSupplier {
    EmailServiceFileDescriptorSupplier() {}
  }

  private static final class EmailServiceMethodDescriptorSupplier
      extends EmailServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    EmailServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (EmailServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new EmailServiceFileDescriptorSupplier())
              .addMethod(getRenderActivityMethod())
              .addMethod(getBeginSendingMethod())
              .addMethod(getFinishSendingMethod())
              .build();
        }
      }
    }
    return result;
  }
}
