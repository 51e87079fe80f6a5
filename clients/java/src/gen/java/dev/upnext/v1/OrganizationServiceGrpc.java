package dev.upnext.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Settings, limits and problems of the caller's organization. Each Errors line lists the
 * errors particular to its call; ErrorReason lists those of any call.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class OrganizationServiceGrpc {

  private OrganizationServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "upnext.v1.OrganizationService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.GetOrganizationRequest,
      dev.upnext.v1.GetOrganizationResponse> getGetOrganizationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetOrganization",
      requestType = dev.upnext.v1.GetOrganizationRequest.class,
      responseType = dev.upnext.v1.GetOrganizationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.GetOrganizationRequest,
      dev.upnext.v1.GetOrganizationResponse> getGetOrganizationMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.GetOrganizationRequest, dev.upnext.v1.GetOrganizationResponse> getGetOrganizationMethod;
    if ((getGetOrganizationMethod = OrganizationServiceGrpc.getGetOrganizationMethod) == null) {
      synchronized (OrganizationServiceGrpc.class) {
        if ((getGetOrganizationMethod = OrganizationServiceGrpc.getGetOrganizationMethod) == null) {
          OrganizationServiceGrpc.getGetOrganizationMethod = getGetOrganizationMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.GetOrganizationRequest, dev.upnext.v1.GetOrganizationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetOrganization"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetOrganizationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.GetOrganizationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationServiceMethodDescriptorSupplier("GetOrganization"))
              .build();
        }
      }
    }
    return getGetOrganizationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.UpdateOrganizationRequest,
      dev.upnext.v1.UpdateOrganizationResponse> getUpdateOrganizationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateOrganization",
      requestType = dev.upnext.v1.UpdateOrganizationRequest.class,
      responseType = dev.upnext.v1.UpdateOrganizationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.UpdateOrganizationRequest,
      dev.upnext.v1.UpdateOrganizationResponse> getUpdateOrganizationMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.UpdateOrganizationRequest, dev.upnext.v1.UpdateOrganizationResponse> getUpdateOrganizationMethod;
    if ((getUpdateOrganizationMethod = OrganizationServiceGrpc.getUpdateOrganizationMethod) == null) {
      synchronized (OrganizationServiceGrpc.class) {
        if ((getUpdateOrganizationMethod = OrganizationServiceGrpc.getUpdateOrganizationMethod) == null) {
          OrganizationServiceGrpc.getUpdateOrganizationMethod = getUpdateOrganizationMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.UpdateOrganizationRequest, dev.upnext.v1.UpdateOrganizationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateOrganization"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateOrganizationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.UpdateOrganizationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationServiceMethodDescriptorSupplier("UpdateOrganization"))
              .build();
        }
      }
    }
    return getUpdateOrganizationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.ListProblemsRequest,
      dev.upnext.v1.ListProblemsResponse> getListProblemsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListProblems",
      requestType = dev.upnext.v1.ListProblemsRequest.class,
      responseType = dev.upnext.v1.ListProblemsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.ListProblemsRequest,
      dev.upnext.v1.ListProblemsResponse> getListProblemsMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.ListProblemsRequest, dev.upnext.v1.ListProblemsResponse> getListProblemsMethod;
    if ((getListProblemsMethod = OrganizationServiceGrpc.getListProblemsMethod) == null) {
      synchronized (OrganizationServiceGrpc.class) {
        if ((getListProblemsMethod = OrganizationServiceGrpc.getListProblemsMethod) == null) {
          OrganizationServiceGrpc.getListProblemsMethod = getListProblemsMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.ListProblemsRequest, dev.upnext.v1.ListProblemsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListProblems"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListProblemsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.ListProblemsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationServiceMethodDescriptorSupplier("ListProblems"))
              .build();
        }
      }
    }
    return getListProblemsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.upnext.v1.RetryProblemRequest,
      dev.upnext.v1.RetryProblemResponse> getRetryProblemMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RetryProblem",
      requestType = dev.upnext.v1.RetryProblemRequest.class,
      responseType = dev.upnext.v1.RetryProblemResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.upnext.v1.RetryProblemRequest,
      dev.upnext.v1.RetryProblemResponse> getRetryProblemMethod() {
    io.grpc.MethodDescriptor<dev.upnext.v1.RetryProblemRequest, dev.upnext.v1.RetryProblemResponse> getRetryProblemMethod;
    if ((getRetryProblemMethod = OrganizationServiceGrpc.getRetryProblemMethod) == null) {
      synchronized (OrganizationServiceGrpc.class) {
        if ((getRetryProblemMethod = OrganizationServiceGrpc.getRetryProblemMethod) == null) {
          OrganizationServiceGrpc.getRetryProblemMethod = getRetryProblemMethod =
              io.grpc.MethodDescriptor.<dev.upnext.v1.RetryProblemRequest, dev.upnext.v1.RetryProblemResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RetryProblem"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RetryProblemRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.upnext.v1.RetryProblemResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OrganizationServiceMethodDescriptorSupplier("RetryProblem"))
              .build();
        }
      }
    }
    return getRetryProblemMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static OrganizationServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrganizationServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrganizationServiceStub>() {
        @java.lang.Override
        public OrganizationServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrganizationServiceStub(channel, callOptions);
        }
      };
    return OrganizationServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static OrganizationServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrganizationServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrganizationServiceBlockingV2Stub>() {
        @java.lang.Override
        public OrganizationServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrganizationServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return OrganizationServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static OrganizationServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrganizationServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrganizationServiceBlockingStub>() {
        @java.lang.Override
        public OrganizationServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrganizationServiceBlockingStub(channel, callOptions);
        }
      };
    return OrganizationServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static OrganizationServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OrganizationServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OrganizationServiceFutureStub>() {
        @java.lang.Override
        public OrganizationServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OrganizationServiceFutureStub(channel, callOptions);
        }
      };
    return OrganizationServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Settings, limits and problems of the caller's organization. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Returns the caller's organization.
     * Roles: any.
     * Errors: none of its own.
     * </pre>
     */
    default void getOrganization(dev.upnext.v1.GetOrganizationRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetOrganizationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetOrganizationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes settings; new requests see them at once.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator.
     * Errors: ETAG_MISMATCH, REFERENCE_NOT_FOUND (calendar), FIELD_TOO_LONG, WAIT_EMPTY,
     * WAIT_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    default void updateOrganization(dev.upnext.v1.UpdateOrganizationRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateOrganizationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateOrganizationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists what upnext couldn't do and tries again, oldest first.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    default void listProblems(dev.upnext.v1.ListProblemsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListProblemsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListProblemsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lets a problem be tried again within seconds, and then as often as a new one. For when
     * its cause is gone.
     * Repetition: The same `request_id` changes nothing more; without one, it is tried once
     * more.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (also if it was solved meanwhile), REQUEST_ID_REUSED.
     * </pre>
     */
    default void retryProblem(dev.upnext.v1.RetryProblemRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RetryProblemResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRetryProblemMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service OrganizationService.
   * <pre>
   * Settings, limits and problems of the caller's organization. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static abstract class OrganizationServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return OrganizationServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service OrganizationService.
   * <pre>
   * Settings, limits and problems of the caller's organization. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class OrganizationServiceStub
      extends io.grpc.stub.AbstractAsyncStub<OrganizationServiceStub> {
    private OrganizationServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrganizationServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrganizationServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns the caller's organization.
     * Roles: any.
     * Errors: none of its own.
     * </pre>
     */
    public void getOrganization(dev.upnext.v1.GetOrganizationRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.GetOrganizationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetOrganizationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes settings; new requests see them at once.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator.
     * Errors: ETAG_MISMATCH, REFERENCE_NOT_FOUND (calendar), FIELD_TOO_LONG, WAIT_EMPTY,
     * WAIT_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public void updateOrganization(dev.upnext.v1.UpdateOrganizationRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateOrganizationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateOrganizationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists what upnext couldn't do and tries again, oldest first.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public void listProblems(dev.upnext.v1.ListProblemsRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.ListProblemsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListProblemsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lets a problem be tried again within seconds, and then as often as a new one. For when
     * its cause is gone.
     * Repetition: The same `request_id` changes nothing more; without one, it is tried once
     * more.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (also if it was solved meanwhile), REQUEST_ID_REUSED.
     * </pre>
     */
    public void retryProblem(dev.upnext.v1.RetryProblemRequest request,
        io.grpc.stub.StreamObserver<dev.upnext.v1.RetryProblemResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRetryProblemMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service OrganizationService.
   * <pre>
   * Settings, limits and problems of the caller's organization. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class OrganizationServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<OrganizationServiceBlockingV2Stub> {
    private OrganizationServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrganizationServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrganizationServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns the caller's organization.
     * Roles: any.
     * Errors: none of its own.
     * </pre>
     */
    public dev.upnext.v1.GetOrganizationResponse getOrganization(dev.upnext.v1.GetOrganizationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetOrganizationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes settings; new requests see them at once.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator.
     * Errors: ETAG_MISMATCH, REFERENCE_NOT_FOUND (calendar), FIELD_TOO_LONG, WAIT_EMPTY,
     * WAIT_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateOrganizationResponse updateOrganization(dev.upnext.v1.UpdateOrganizationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateOrganizationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists what upnext couldn't do and tries again, oldest first.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListProblemsResponse listProblems(dev.upnext.v1.ListProblemsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListProblemsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a problem be tried again within seconds, and then as often as a new one. For when
     * its cause is gone.
     * Repetition: The same `request_id` changes nothing more; without one, it is tried once
     * more.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (also if it was solved meanwhile), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RetryProblemResponse retryProblem(dev.upnext.v1.RetryProblemRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRetryProblemMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service OrganizationService.
   * <pre>
   * Settings, limits and problems of the caller's organization. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class OrganizationServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<OrganizationServiceBlockingStub> {
    private OrganizationServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrganizationServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrganizationServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns the caller's organization.
     * Roles: any.
     * Errors: none of its own.
     * </pre>
     */
    public dev.upnext.v1.GetOrganizationResponse getOrganization(dev.upnext.v1.GetOrganizationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetOrganizationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes settings; new requests see them at once.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator.
     * Errors: ETAG_MISMATCH, REFERENCE_NOT_FOUND (calendar), FIELD_TOO_LONG, WAIT_EMPTY,
     * WAIT_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.UpdateOrganizationResponse updateOrganization(dev.upnext.v1.UpdateOrganizationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateOrganizationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists what upnext couldn't do and tries again, oldest first.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public dev.upnext.v1.ListProblemsResponse listProblems(dev.upnext.v1.ListProblemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListProblemsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a problem be tried again within seconds, and then as often as a new one. For when
     * its cause is gone.
     * Repetition: The same `request_id` changes nothing more; without one, it is tried once
     * more.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (also if it was solved meanwhile), REQUEST_ID_REUSED.
     * </pre>
     */
    public dev.upnext.v1.RetryProblemResponse retryProblem(dev.upnext.v1.RetryProblemRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRetryProblemMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service OrganizationService.
   * <pre>
   * Settings, limits and problems of the caller's organization. Each Errors line lists the
   * errors particular to its call; ErrorReason lists those of any call.
   * </pre>
   */
  public static final class OrganizationServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<OrganizationServiceFutureStub> {
    private OrganizationServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OrganizationServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OrganizationServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns the caller's organization.
     * Roles: any.
     * Errors: none of its own.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.GetOrganizationResponse> getOrganization(
        dev.upnext.v1.GetOrganizationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetOrganizationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes settings; new requests see them at once.
     * Repetition: The same `request_id` gets the first answer again; without one, the update
     * simply applies again.
     * Roles: system_administrator.
     * Errors: ETAG_MISMATCH, REFERENCE_NOT_FOUND (calendar), FIELD_TOO_LONG, WAIT_EMPTY,
     * WAIT_TOO_LONG, UPDATE_MASK_INVALID, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.UpdateOrganizationResponse> updateOrganization(
        dev.upnext.v1.UpdateOrganizationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateOrganizationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists what upnext couldn't do and tries again, oldest first.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: PAGE_TOKEN_INVALID.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.ListProblemsResponse> listProblems(
        dev.upnext.v1.ListProblemsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListProblemsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lets a problem be tried again within seconds, and then as often as a new one. For when
     * its cause is gone.
     * Repetition: The same `request_id` changes nothing more; without one, it is tried once
     * more.
     * Roles: system_administrator, sequence_manager, sales_manager.
     * Errors: RESOURCE_NOT_FOUND (also if it was solved meanwhile), REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.upnext.v1.RetryProblemResponse> retryProblem(
        dev.upnext.v1.RetryProblemRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRetryProblemMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_ORGANIZATION = 0;
  private static final int METHODID_UPDATE_ORGANIZATION = 1;
  private static final int METHODID_LIST_PROBLEMS = 2;
  private static final int METHODID_RETRY_PROBLEM = 3;

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
        case METHODID_GET_ORGANIZATION:
          serviceImpl.getOrganization((dev.upnext.v1.GetOrganizationRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.GetOrganizationResponse>) responseObserver);
          break;
        case METHODID_UPDATE_ORGANIZATION:
          serviceImpl.updateOrganization((dev.upnext.v1.UpdateOrganizationRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.UpdateOrganizationResponse>) responseObserver);
          break;
        case METHODID_LIST_PROBLEMS:
          serviceImpl.listProblems((dev.upnext.v1.ListProblemsRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.ListProblemsResponse>) responseObserver);
          break;
        case METHODID_RETRY_PROBLEM:
          serviceImpl.retryProblem((dev.upnext.v1.RetryProblemRequest) request,
              (io.grpc.stub.StreamObserver<dev.upnext.v1.RetryProblemResponse>) responseObserver);
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
          getGetOrganizationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.GetOrganizationRequest,
              dev.upnext.v1.GetOrganizationResponse>(
                service, METHODID_GET_ORGANIZATION)))
        .addMethod(
          getUpdateOrganizationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.UpdateOrganizationRequest,
              dev.upnext.v1.UpdateOrganizationResponse>(
                service, METHODID_UPDATE_ORGANIZATION)))
        .addMethod(
          getListProblemsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.ListProblemsRequest,
              dev.upnext.v1.ListProblemsResponse>(
                service, METHODID_LIST_PROBLEMS)))
        .addMethod(
          getRetryProblemMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.upnext.v1.RetryProblemRequest,
              dev.upnext.v1.RetryProblemResponse>(
                service, METHODID_RETRY_PROBLEM)))
        .build();
  }

  private static abstract class OrganizationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    OrganizationServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.upnext.v1.OrganizationServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("OrganizationService");
    }
  }

  private static final class OrganizationServiceFileDescriptorSupplier
      extends OrganizationServiceBaseDescriptorSupplier {
    OrganizationServiceFileDescriptorSupplier() {}
  }

  private static final class OrganizationServiceMethodDescriptorSupplier
      extends OrganizationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    OrganizationServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (OrganizationServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new OrganizationServiceFileDescriptorSupplier())
              .addMethod(getGetOrganizationMethod())
              .addMethod(getUpdateOrganizationMethod())
              .addMethod(getListProblemsMethod())
              .addMethod(getRetryProblemMethod())
              .build();
        }
      }
    }
    return result;
  }
}
